package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;

/** Measures a model with its calibration. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public final class Evaluator {
  private Evaluator() {}

  /**
   * Measures.
   *
   * @param centres of the classes, in vertex order
   * @param known test images of the model's classes, labelled in vertex order
   * @param unknown test images of other classes; may be empty
   */
  public static EvaluationReport evaluate(
      float[][] centres, OpenSetCalibration calibration, Features known, Features unknown) {
    throw new IllegalStateException(
        "not ready " + centres.length + calibration.version() + known.size() + unknown.size());
  }
}
