package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.score.Scores;
import java.util.Map;

/**
 * How decisions are calibrated.
 *
 * @param alpha share of known images that may be answered unknown
 * @param method a name of {@link DecisionRules#names()}
 * @param score a name of {@link Scores#names()}
 * @param scoreParameters of the score and the method; missing ones take their default
 * @param referencesPerClass stored training images a class, at most
 * @param seed chooses the stored images
 */
public record CalibrationSettings(
    double alpha,
    String method,
    String score,
    Map<String, Double> scoreParameters,
    int referencesPerClass,
    long seed) {
  /** Stored images a class unless said otherwise: more gained nothing on clothes. */
  public static final int DEFAULT_REFERENCES = 100;

  /** Training images a class that a fitted score is fitted to, at most. */
  private static final int FITTED_IMAGES = 1000;

  /** Copies the parameters and checks the number of references. */
  public CalibrationSettings {
    scoreParameters = Map.copyOf(scoreParameters);
    if (referencesPerClass < 1) {
      throw new IllegalArgumentException(
          "A calibration stores at least one image a class, not " + referencesPerClass);
    }
  }

  /** Class-conditional conformal decisions on a chosen score. */
  public static CalibrationSettings conformal(double alpha, ScoreChoice choice, long seed) {
    return of(alpha, DecisionRules.CONFORMAL, choice, seed);
  }

  /** Decisions by a method on a chosen score. */
  public static CalibrationSettings of(double alpha, String method, ScoreChoice choice, long seed) {
    return new CalibrationSettings(
        alpha, method, choice.score(), choice.parameters(), DEFAULT_REFERENCES, seed);
  }

  /** How many training images of a class the calibration makes use of, at most. */
  public int trainingPerClass() {
    return Scores.fitted(score) ? Math.max(referencesPerClass, FITTED_IMAGES) : referencesPerClass;
  }
}
