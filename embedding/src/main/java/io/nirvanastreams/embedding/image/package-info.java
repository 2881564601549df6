/** Encoded images to the bytes a network takes, and back. Uint8, rows of pixels, channels last. */
package io.nirvanastreams.embedding.image;
