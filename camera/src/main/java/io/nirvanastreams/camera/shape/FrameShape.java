package io.nirvanastreams.camera.shape;

import io.nirvanastreams.embedding.image.Crop;
import java.util.List;

/**
 * What is sent of each frame. Immutable.
 *
 * @param regions parts of the frame, each of which is sent as an image; none for the whole frame
 * @param motion share of the pixels, 0 to 1, that must differ from the image sent before; 0 sends
 *     every frame
 * @param largestWidth wider images are made smaller, at the same aspect ratio; 0 for no limit
 * @param largestHeight the same for the height
 * @param quality of JPEG files that are made, 1 to 100; 0 leaves image files as they are where
 *     nothing else changes them, and makes others of 90
 */
public record FrameShape(
    List<Crop> regions, double motion, int largestWidth, int largestHeight, int quality) {
  /** Every frame as it is. */
  public static final FrameShape UNALTERED = new FrameShape(List.of(), 0, 0, 0, 0);

  private static final int DEFAULT_QUALITY = 90;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a share, size or quality that is none
   */
  public FrameShape {
    regions = List.copyOf(regions);
    if (!(motion >= 0 && motion <= 1)) {
      throw new IllegalArgumentException("a share of pixels is from 0 to 1, not " + motion);
    }
    if (largestWidth < 0 || largestHeight < 0) {
      throw new IllegalArgumentException(
          "no size of an image: " + largestWidth + "x" + largestHeight);
    }
    if (quality < 0 || quality > 100) {
      throw new IllegalArgumentException("a quality is from 1 to 100, not " + quality);
    }
  }

  /** The quality from 0 to 1. */
  float jpegQuality() {
    return (quality == 0 ? DEFAULT_QUALITY : quality) / 100f;
  }

  /** The factor, at most 1, by which an image of this size is made smaller. */
  double scale(int width, int height) {
    double across = largestWidth == 0 ? 1 : (double) largestWidth / width;
    double down = largestHeight == 0 ? 1 : (double) largestHeight / height;
    return Math.min(1, Math.min(across, down));
  }
}
