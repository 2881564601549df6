package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.image.header.ImageHeader;

/**
 * What an image may ask for at most; looked at before memory is taken for it. Immutable.
 *
 * @param maxBytes encoded bytes
 * @param maxPixels width x height
 * @param maxAspect longer side over shorter side
 * @param maxFrames frames or pages, of which only the first is decoded
 */
public record ImageLimits(int maxBytes, long maxPixels, double maxAspect, int maxFrames) {
  /** 32 MiB, 50 million pixels, 100 to 1, 10,000 frames. */
  public static final ImageLimits DEFAULT = new ImageLimits(32 << 20, 50_000_000, 100, 10_000);

  /** Rows and columns are ints in every reader, and an array holds no more. */
  private static final long MOST_PIXELS = 1L << 30;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException when one allows no image at all, or more than can be decoded
   */
  public ImageLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("at most " + maxBytes + " bytes allow no image");
    }
    if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "at most " + maxPixels + " pixels; allowed are 1 to " + MOST_PIXELS);
    }
    if (!(maxAspect >= 1)) {
      throw new IllegalArgumentException(
          "an aspect ratio of at most " + maxAspect + " allows no image; give 1 or more");
    }
    if (maxFrames < 1) {
      throw new IllegalArgumentException("at most " + maxFrames + " frames allow no image");
    }
  }

  /**
   * Refuses a file by its length, before it is read.
   *
   * @throws UndecodableImageException when it has more bytes than are allowed
   */
  public void checkBytes(long bytes) throws UndecodableImageException {
    if (bytes > maxBytes) {
      throw new UndecodableImageException(
          "too large: " + bytes + " bytes, allowed are " + maxBytes);
    }
  }

  void check(ImageHeader header) throws UndecodableImageException {
    checkSize(header.width(), header.height());
    if (header.frames() > maxFrames) {
      throw new UndecodableImageException(
          "too many frames: " + header.frames() + ", allowed are " + maxFrames);
    }
  }

  void checkSize(int width, int height) throws UndecodableImageException {
    if ((long) width * height > maxPixels) {
      throw new UndecodableImageException(
          "too large: " + width + "x" + height + ", allowed are " + maxPixels + " pixels");
    }
    if (Math.max(width, height) > maxAspect * Math.min(width, height)) {
      throw new UndecodableImageException(
          "too narrow: " + width + "x" + height + ", allowed is an aspect ratio of " + maxAspect);
    }
  }
}
