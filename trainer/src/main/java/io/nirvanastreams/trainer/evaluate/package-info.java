/**
 * What a model is worth: features taken once, then the choice of the score, the calibration of the
 * decision, and the report.
 */
package io.nirvanastreams.trainer.evaluate;
