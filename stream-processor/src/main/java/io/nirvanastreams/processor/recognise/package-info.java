/** From a received image to its one answer. */
package io.nirvanastreams.processor.recognise;
