package io.nirvanastreams.openset.calibration;

import io.nirvanastreams.openset.decision.DecisionRule;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.openset.score.Score;
import io.nirvanastreams.openset.score.ScoreMaterial;
import io.nirvanastreams.openset.score.Scores;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Judges the features of one model by its centres and its calibration.
 *
 * <p>Immutable, safe for use by any thread, and deterministic: the same feature gets the same
 * answer, bit for bit.
 */
public final class OpenSetClassifier {

  private final float[][] centres;
  private final List<String> labels;
  private final Score score;
  private final DecisionRule rule;

  /**
   * Puts score and rule together.
   *
   * @param centres one row a class, in vertex order
   * @throws IllegalArgumentException when centres and calibration do not fit together or the
   *     calibration names a score or method that does not exist
   */
  public OpenSetClassifier(float[][] centres, OpenSetCalibration calibration) {
    if (centres.length != calibration.classes().size()) {
      throw new IllegalArgumentException(
          "%d centres but the calibration %s has %d classes"
              .formatted(centres.length, calibration.version(), calibration.classes().size()));
    }
    this.centres = centres.clone();
    this.labels = calibration.labels();
    this.score =
        Scores.byName(
            calibration.score(),
            new ScoreMaterial(
                centres,
                calibration.references(),
                calibration.scoreParameters(),
                calibration.fitted()));
    this.rule =
        DecisionRules.byName(
            calibration.method(),
            calibration.alpha(),
            calibration.classes().stream().map(ClassCalibration::scores).toList(),
            calibration.fitted());
  }

  /**
   * The answer for one image.
   *
   * @param feature the D outputs of the network
   * @param representation the layer that references were taken from
   * @throws IllegalArgumentException when a length does not fit or a value is NaN or infinite
   */
  public Judgement judge(float[] feature, float[] representation) {
    return judge(feature, representation, nearest -> rule.alpha());
  }

  /**
   * The answer for one image at a target that depends on its nearest class.
   *
   * @param feature the D outputs of the network
   * @param representation the layer that references were taken from
   * @param target gives for a class, in vertex order, the share of known images answered unknown
   * @throws IllegalArgumentException when a length does not fit or a value is NaN or infinite
   */
  public Judgement judge(float[] feature, float[] representation, IntToDoubleFunction target) {
    Evidence evidence = Evidence.of(feature, representation, centres);
    double value = score.of(evidence);
    int nearest = evidence.nearest();
    return new Judgement(
        rule.decide(nearest, value, target.applyAsDouble(nearest)), evidence, value);
  }

  /** Names of the classes, in vertex order. */
  public List<String> labels() {
    return labels;
  }

  /** The rule in use, to report its target and its fall-backs. */
  public DecisionRule rule() {
    return rule;
  }
}
