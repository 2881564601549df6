/**
 * The networks as layer tables, which training and inference share, and the blocks made of them.
 */
package io.nirvanastreams.embedding.network;
