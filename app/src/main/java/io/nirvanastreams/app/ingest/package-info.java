/** Sends images of files to the topic of images, byte for byte. */
package io.nirvanastreams.app.ingest;
