/**
 * From image bytes to features: the {@link io.nirvanastreams.embedding.Embedder} and the engine
 * below it. Nothing here knows Kafka.
 */
package io.nirvanastreams.embedding;
