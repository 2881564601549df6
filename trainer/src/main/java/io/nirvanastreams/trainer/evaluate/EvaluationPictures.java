package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.trainer.evaluate.picture.DistancePicture;
import io.nirvanastreams.trainer.evaluate.picture.EmbeddingPicture;
import io.nirvanastreams.trainer.evaluate.picture.LabelledPoints;
import io.nirvanastreams.trainer.evaluate.picture.ReliabilityPicture;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What an evaluation draws of the features themselves. Rows are shared and must not be written to.
 *
 * @param centres of the classes, in vertex order
 * @param known features of the known test images
 * @param unknown features of the others
 * @param reliability promised against measured rates
 */
@SuppressWarnings("ArrayRecordComponent")
public record EvaluationPictures(
    float[][] centres,
    LabelledPoints known,
    LabelledPoints unknown,
    ReliabilityPicture reliability) {

  /**
   * Writes {@code reliability}, {@code distances} and, of two-dimensional features, {@code
   * embedding}.
   */
  void write(Path folder) throws IOException {
    reliability.write(folder, "reliability");
    DistancePicture.of(known, unknown).write(folder, "distances");
    if (centres[0].length == 2) {
      new EmbeddingPicture("features of the test images", centres, known, unknown)
          .write(folder, "embedding");
    }
  }
}
