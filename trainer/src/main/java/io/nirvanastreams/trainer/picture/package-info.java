/** Writes pictures as files. */
package io.nirvanastreams.trainer.picture;
