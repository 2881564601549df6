/** Frames: single images of a source, and the source that gives them one after the other. */
package io.nirvanastreams.camera.frame;
