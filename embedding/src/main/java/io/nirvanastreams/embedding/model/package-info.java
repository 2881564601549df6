/** A model as files: what it is, its folder named by content hash, and the store it lies in. */
package io.nirvanastreams.embedding.model;
