package io.nirvanastreams.trainer.train;

/**
 * Where a training run stands after one step.
 *
 * @param epoch counts from 1
 * @param epochs in all
 * @param batch counts from 1 within the epoch
 * @param batches in an epoch
 * @param loss of this step
 * @param imagesPerSecond known images since the epoch began
 */
public record BatchResult(
    int epoch, int epochs, int batch, int batches, double loss, double imagesPerSecond) {}
