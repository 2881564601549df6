/** Frames that lie in files: a list of them that is known, and a folder in which they arrive. */
package io.nirvanastreams.camera.file;
