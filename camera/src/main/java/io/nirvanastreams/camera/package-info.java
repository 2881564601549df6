/** Where frames come from: the addresses of cameras, and what opens them. */
package io.nirvanastreams.camera;
