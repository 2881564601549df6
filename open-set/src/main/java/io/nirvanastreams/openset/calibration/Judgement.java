package io.nirvanastreams.openset.calibration;

import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.score.Evidence;

/**
 * The answer for one image and what it rests on. Immutable.
 *
 * @param decision known or unknown, with the p-value
 * @param evidence distances and cosines to all centres
 * @param score the value the decision was taken on; higher = more known
 */
public record Judgement(Decision decision, Evidence evidence, double score) {}
