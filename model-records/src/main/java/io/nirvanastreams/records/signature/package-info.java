/** Signatures of manifests: who published a model version, and that nobody changed it since. */
package io.nirvanastreams.records.signature;
