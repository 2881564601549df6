package io.nirvanastreams.benchmarks.micro;

import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up embeddings and calibrations. Stateless. */
final class Vectors {
  static final int DIMENSION = 128;
  static final int CLASSES = 20;
  private static final int CALIBRATION = 100;
  private static final int REFERENCES = 50;

  private Vectors() {}

  /** Rows of normal numbers. */
  static float[][] drawn(int rows, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[rows][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  /** A calibration on this score, with stored references for those that need them. */
  static OpenSetCalibration calibration(String score) {
    double[] scores = IntStream.range(0, CALIBRATION).mapToDouble(i -> -200 + i).toArray();
    List<ClassCalibration> classes =
        IntStream.range(0, CLASSES)
            .mapToObj(i -> new ClassCalibration("class-" + i, scores, drawn(REFERENCES, i)))
            .toList();
    return new OpenSetCalibration(
        "1", 0.05, "conformal-class-conditional", score, Map.of(), classes);
  }
}
