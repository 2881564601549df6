/**
 * The retraining service: what people named becomes labelled images on disk, enough of them become
 * a class on the next vertex, and a version that forgets too much is not published.
 */
package io.nirvanastreams.trainer.retrain;
