package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.trainer.data.ImageSet;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the probe that a version is published with. Stateless. */
public final class Probes {
  /** Inputs of a probe: enough that wrong weights cannot pass, few enough to check in passing. */
  public static final int DEFAULT_COUNT = 8;

  private Probes() {}

  /**
   * A probe of images spread evenly over a set.
   *
   * @param embedder the model as it will be loaded
   * @throws IllegalArgumentException when the set is empty
   */
  public static Probe of(Embedder embedder, ImageSet images, int count) {
    if (images.size() == 0 || count < 1) {
      throw new IllegalArgumentException("a probe needs at least one image");
    }
    int taken = Math.min(count, images.size());
    List<byte[]> inputs =
        IntStream.range(0, taken)
            .mapToObj(i -> images.pixels((int) ((long) i * images.size() / taken)))
            .toList();
    float[][] features =
        embedder.embed(inputs).stream().map(Embedding::feature).toArray(float[][]::new);
    return new Probe(inputs, features, Probe.DEFAULT_TOLERANCE);
  }
}
