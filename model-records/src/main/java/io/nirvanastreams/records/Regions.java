package io.nirvanastreams.records;

import io.nirvanastreams.embedding.image.Crop;
import io.nirvanastreams.schemas.Region;

/** Regions of records as crops of the decoder. Stateless. */
public final class Regions {
  /** Wider than any image that is decoded; the decoder leaves out what lies outside. */
  private static final int TO_THE_EDGE = 1 << 24;

  private Regions() {}

  /**
   * The crop that a region means; a width or height of 0 reaches to the edge of the image.
   *
   * @param region null for the whole image
   * @return null for the whole image
   * @throws IllegalArgumentException when the region has a negative side or corner
   */
  public static Crop toCrop(Region region) {
    if (region == null) {
      return null;
    }
    return new Crop(
        region.getX(), region.getY(), side(region.getWidth()), side(region.getHeight()));
  }

  private static int side(int length) {
    return length == 0 ? TO_THE_EDGE : length;
  }
}
