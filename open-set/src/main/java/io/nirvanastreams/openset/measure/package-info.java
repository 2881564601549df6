/** Exact measures of open-set recognition. */
package io.nirvanastreams.openset.measure;
