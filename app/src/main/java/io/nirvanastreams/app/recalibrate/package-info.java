/** Another calibration for a live model from what people said of its answers. */
package io.nirvanastreams.app.recalibrate;
