package io.nirvanastreams.app.experiment;

import io.nirvanastreams.embedding.model.ModelSpec;
import java.util.Arrays;

/**
 * The promise that classes are added by (Nirvana paper, on maximally separated centres): whatever
 * comes later, a class keeps its vertex bit for bit. Stateless.
 */
final class CentresNeverMove {
  private CentresNeverMove() {}

  /**
   * Checks the promise between a version and a later one.
   *
   * @throws IllegalStateException when a class or its centre is not where it was
   */
  static void check(ModelSpec before, ModelSpec after) {
    float[][] centres = before.centres();
    for (int c = 0; c < centres.length; c++) {
      if (!after.classes().get(c).equals(before.classes().get(c))
          || !Arrays.equals(after.centres()[c], centres[c])) {
        throw new IllegalStateException(
            "class %s moved between version %d and %d"
                .formatted(before.classes().get(c), before.version(), after.version()));
      }
    }
  }
}
