/** Which frames go on and when: thinned, repeated, buffered, connected again. */
package io.nirvanastreams.camera.flow;
