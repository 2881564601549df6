/** Frames of cameras that send JPEG images over HTTP without end. */
package io.nirvanastreams.camera.http;
