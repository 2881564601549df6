package io.nirvanastreams.embedding.network;

import java.util.List;

/**
 * One row of a layer table. Names are those of torch's state dictionary. What flows through a table
 * is one array, (N, C, H, W) or (N, C); a row's output is the next row's input. Immutable.
 */
public sealed interface Layer {
  /**
   * A square convolution without bias, followed by batch normalisation over its output channels.
   *
   * @param name its tensor is {@code name.weight}
   * @param batchNorm the tensors of the normalisation are {@code batchNorm.weight} and so on
   */
  record Convolution(
      String name, String batchNorm, int in, int out, int kernel, int stride, int padding)
      implements Layer {}

  /**
   * A square convolution with bias.
   *
   * @param name its tensors are {@code name.weight} and {@code name.bias}
   */
  record BiasedConvolution(String name, int in, int out, int kernel, int stride, int padding)
      implements Layer {}

  /**
   * A linear layer without bias, followed by batch normalisation.
   *
   * @param name its tensor is {@code name.weight}
   * @param batchNorm the tensors of the normalisation are {@code batchNorm.weight} and so on
   */
  record Hidden(String name, String batchNorm, int in, int out) implements Layer {}

  /**
   * A linear layer with bias.
   *
   * @param name its tensors are {@code name.weight} and {@code name.bias}
   */
  record Linear(String name, int in, int out) implements Layer {}

  /**
   * Batch normalisation on its own, over the channels of (N, C, H, W) or (N, C).
   *
   * @param name its tensors are {@code name.weight} and so on
   * @param scaleTrained whether {@code name.weight} is trained; else it stays as it was loaded
   */
  record BatchNorm(String name, int channels, boolean scaleTrained) implements Layer {}

  /**
   * x * weight + bias for each channel: what batch normalisation is once its statistics are frozen.
   * Stands in frozen tables only.
   *
   * @param name its tensors are {@code name.weight} and {@code name.bias}
   */
  record ScaleShift(String name, int channels) implements Layer {}

  /** x where x is positive, else 0. */
  record Relu() implements Layer {}

  /** x where x is positive, else slope * x. */
  record LeakyRelu(float slope) implements Layer {}

  /**
   * x where x is positive, else slope * x with a trained slope.
   *
   * @param name its tensor is {@code name.weight}
   * @param slopes 1 for all channels together, or one for each channel
   */
  record PRelu(String name, int slopes) implements Layer {}

  /**
   * The largest of each square of this side; what does not fill a square is left out.
   *
   * @param padding rows and columns around the image, which never are the largest
   */
  record MaxPool(int side, int stride, int padding) implements Layer {
    /** Squares beside each other. */
    public MaxPool(int side) {
      this(side, side, 0);
    }
  }

  /** The mean over all pixels: (N, C, H, W) to (N, C). */
  record GlobalAveragePool() implements Layer {}

  /** (N, C, H, W) to (N, C*H*W). */
  record Flatten() implements Layer {}

  /** In training, sets whole channels to zero with this probability and scales the rest. */
  record DropChannels(float probability) implements Layer {}

  /** In training, sets single values to zero with this probability and scales the rest. */
  record DropValues(float probability) implements Layer {}

  /**
   * body(x) + shortcut(x). No {@link Representation} stands inside.
   *
   * @param body at least one row
   * @param shortcut no rows: x itself
   */
  record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException for an empty body
     */
    public Residual {
      if (body.isEmpty()) {
        throw new IllegalArgumentException("a residual block computes something");
      }
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
    }
  }

  /** Changes nothing: what passes here is the representation. */
  record Representation() implements Layer {}
}
