package io.nirvanastreams.trainer.train;

/**
 * What one pass over the training images gave.
 *
 * @param epoch counts from 1
 * @param loss mean over the batches
 * @param trainAccuracy share of the training images nearest to their vertex while training
 * @param validationAccuracy the same on the validation images afterwards; NaN without any
 * @param learningRate of the epoch's last step
 * @param seconds the pass and its validation took
 */
public record EpochResult(
    int epoch,
    double loss,
    double trainAccuracy,
    double validationAccuracy,
    double learningRate,
    double seconds) {}
