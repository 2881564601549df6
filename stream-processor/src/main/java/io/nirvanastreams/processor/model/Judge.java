package io.nirvanastreams.processor.model;

import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.calibration.OpenSetClassifier;
import io.nirvanastreams.openset.grouping.Whitening;
import io.nirvanastreams.openset.score.ReferenceSet;
import java.util.function.UnaryOperator;

/**
 * One calibration of a model at work. Immutable.
 *
 * @param thresholdVersion version of the calibration
 * @param scoreName name of the score that is decided on
 * @param classifier judges the model's embeddings with that calibration
 * @param grouping turns a representation into the embedding that unknowns are grouped by
 */
public record Judge(
    String thresholdVersion,
    String scoreName,
    OpenSetClassifier classifier,
    UnaryOperator<float[]> grouping) {

  static Judge of(float[][] centres, OpenSetCalibration calibration) {
    return new Judge(
        calibration.version(),
        calibration.score(),
        new OpenSetClassifier(centres, calibration),
        grouping(calibration));
  }

  /** Whitened by the stored references where there are any; as it is otherwise. */
  private static UnaryOperator<float[]> grouping(OpenSetCalibration calibration) {
    ReferenceSet references =
        new ReferenceSet(calibration.classes().stream().map(ClassCalibration::references).toList());
    if (references.size() == 0) {
      return representation -> representation;
    }
    return Whitening.fit(references)::embed;
  }
}
