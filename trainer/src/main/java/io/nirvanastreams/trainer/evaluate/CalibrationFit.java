package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.calibration.Calibrator;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.vector.Cosine;
import io.nirvanastreams.trainer.data.Shuffle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Fits the calibration that goes with a model's weights. Stateless. */
public final class CalibrationFit {
  private CalibrationFit() {}

  /**
   * Fits.
   *
   * @param version of the calibration
   * @param centres of the classes, in vertex order
   * @param train training images: the score is fitted to them, and the stored references are chosen
   *     from them by seed
   * @param calibration images that neither training nor any choice has used
   * @throws IllegalArgumentException when classes and centres do not fit each other
   */
  public static OpenSetCalibration fit(
      CalibrationSettings settings,
      String version,
      float[][] centres,
      Features train,
      Features calibration) {
    if (!train.classes().equals(calibration.classes())) {
      throw new IllegalArgumentException(
          "References of " + train.classes() + " but calibration of " + calibration.classes());
    }
    return Calibrator.fit(
        version,
        settings.alpha(),
        settings.method(),
        settings.score(),
        settings.scoreParameters(),
        train.classes(),
        centres,
        calibration.known(),
        train.known(),
        references(train, settings.referencesPerClass(), settings.seed()));
  }

  /**
   * Representations of at most so many images of each class, in class order, chosen by seed, each
   * of length 1.
   */
  public static List<float[][]> references(Features train, int perClass, long seed) {
    List<float[][]> references = new ArrayList<>();
    for (int c = 0; c < train.classes().size(); c++) {
      int label = c;
      int[] indices =
          IntStream.range(0, train.size()).filter(i -> train.labels()[i] == label).toArray();
      Shuffle.shuffle(indices, new Random(Shuffle.seed(seed, c)));
      references.add(
          Arrays.stream(indices)
              .limit(perClass)
              .mapToObj(i -> Cosine.normalised(train.representations()[i]))
              .toArray(float[][]::new));
    }
    return references;
  }
}
