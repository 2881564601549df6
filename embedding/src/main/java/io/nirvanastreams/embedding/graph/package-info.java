/**
 * The networks as TorchScript graphs: code that is generated from the layer tables, in memory, and
 * run by the engine in one call for a whole pass. Faster than the plain blocks of {@link
 * io.nirvanastreams.embedding.network}, which remain the reference that it is tested against.
 */
package io.nirvanastreams.embedding.graph;
