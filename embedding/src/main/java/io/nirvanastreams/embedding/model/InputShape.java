package io.nirvanastreams.embedding.model;

/**
 * The size of the images a network takes. An image of this shape is {@link #size()} bytes: uint8,
 * row by row, the channels of a pixel beside each other (HWC). Immutable.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows
 * @param width columns
 */
public record InputShape(int channels, int height, int width) {
  private static final int LARGEST_SIDE = 4096;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException for another number of channels or a side outside 1 to 4096
   */
  public InputShape {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("an image has 1 or 3 channels, not " + channels);
    }
    if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "the sides of an image are 1 to " + LARGEST_SIDE + ", not " + height + "x" + width);
    }
  }

  /** The number of bytes of one image. */
  public int size() {
    return channels * height * width;
  }

  /** As people write it, for example {@code 1x28x28}. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
