/** Sends frames to the topic of images. */
package io.nirvanastreams.app.ingest;
