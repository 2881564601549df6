/** What is sent of a frame: a part of it, smaller, and only when it changed. */
package io.nirvanastreams.camera.shape;
