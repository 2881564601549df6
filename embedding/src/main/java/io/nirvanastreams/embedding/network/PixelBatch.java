package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;

/** Puts images into an array as the networks take them. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public final class PixelBatch {
  private PixelBatch() {}

  /**
   * A float32 array (N, C, H, W) with values from 0 to 1.
   *
   * @param manager owns the array and names its device
   * @param images each {@code shape.size()} bytes, HWC
   * @throws IllegalArgumentException when there is no image or one has another length
   */
  public static NDArray toArray(NDManager manager, List<byte[]> images, InputShape shape) {
    throw new IllegalStateException("not ready " + manager + images + shape);
  }
}
