package io.nirvanastreams.embedding.network;

/** One row of a layer table. Names are those of torch's state dictionary. Immutable. */
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

  /** x where x is positive, else slope * x. */
  record LeakyRelu(float slope) implements Layer {}

  /** The largest of each square of this side; what does not fill a square is left out. */
  record MaxPool(int side) implements Layer {}

  /** The mean over all pixels: (N, C, H, W) to (N, C). */
  record GlobalAveragePool() implements Layer {}

  /** (N, C, H, W) to (N, C*H*W). */
  record Flatten() implements Layer {}

  /** In training, sets whole channels to zero with this probability and scales the rest. */
  record DropChannels(float probability) implements Layer {}

  /** Changes nothing: what passes here is the representation. */
  record Representation() implements Layer {}
}
