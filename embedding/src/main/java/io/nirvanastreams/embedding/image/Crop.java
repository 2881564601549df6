package io.nirvanastreams.embedding.image;

/**
 * The part of an image to look at, in pixels of the image as it is seen (turned as its orientation
 * tag says) from its top left corner. Immutable.
 *
 * @param x the first column
 * @param y the first row
 * @param width columns
 * @param height rows
 */
public record Crop(int x, int y, int width, int height) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException for a negative corner or an empty part
   */
  public Crop {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "no part of an image: " + width + "x" + height + " at " + x + "," + y);
    }
  }
}
