package io.nirvanastreams.trainer.evaluate;

/**
 * How well one score tells known from unknown images; shares from 0 to 1. NaN without unknown
 * images.
 *
 * @param auroc area under the curve of true against false positives
 * @param oscr area under correct classification against false positives, ties counted half
 * @param tnrAtTpr95 unknown images rejected where 95 % of the known are accepted
 * @param detectionAccuracy best balanced accuracy over all thresholds
 */
public record ScoreMeasures(
    double auroc, double oscr, double tnrAtTpr95, double detectionAccuracy) {}
