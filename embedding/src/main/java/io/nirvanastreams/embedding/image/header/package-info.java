/**
 * What an encoded image says of itself, read without decoding it: format, size, frames,
 * orientation. Everything is checked here before a decoder may take memory for it.
 */
package io.nirvanastreams.embedding.image.header;
