package io.nirvanastreams.app.experiment;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.Features;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far images are from the vertices of a model, to count right answers among some classes.
 * Immutable.
 *
 * @param labels of the images, in vertex order
 * @param images one entry an image
 */
@SuppressWarnings("ArrayRecordComponent")
record NearestVertices(int[] labels, List<Evidence> images) {

  static NearestVertices of(Embedder embedder, ImageSet set) {
    Features features = Features.of(embedder, set);
    float[][] centres = embedder.spec().centres();
    List<Evidence> images =
        IntStream.range(0, features.size())
            .mapToObj(
                i -> Evidence.of(features.features()[i], features.representations()[i], centres))
            .toList();
    return new NearestVertices(features.labels(), images);
  }

  /**
   * Share of the images of classes {@code from} to {@code to}, exclusive, that are nearer to the
   * vertex of their class than to any other of the first {@code among}; NaN without such images.
   */
  double accuracy(int from, int to, int among) {
    int[] asked =
        IntStream.range(0, labels.length)
            .filter(i -> labels[i] >= from && labels[i] < to)
            .toArray();
    long right =
        IntStream.of(asked).filter(i -> nearest(images.get(i), among) == labels[i]).count();
    return asked.length == 0 ? Double.NaN : (double) right / asked.length;
  }

  private static int nearest(Evidence image, int among) {
    double[] distances = image.squaredDistances();
    int nearest = 0;
    for (int c = 1; c < among; c++) {
      nearest = distances[c] < distances[nearest] ? c : nearest;
    }
    return nearest;
  }
}
