package io.nirvanastreams.embedding.image.header;

/**
 * How the stored rows of an image lie to those that a person sees, as the tag of EXIF and TIFF says
 * it (1 to 8). Immutable.
 *
 * @param transposed whether a row that is seen is a stored column
 * @param reversedAcross whether the pixels of a row that is seen are stored from its right end
 * @param reversedDown whether the rows that are seen are stored from the lowest on
 */
public record Orientation(boolean transposed, boolean reversedAcross, boolean reversedDown) {
  /** Stored as it is seen. */
  public static final Orientation UPRIGHT = new Orientation(false, false, false);

  private static final int FIRST_TRANSPOSED = 5;
  private static final int LAST = 8;

  /** The orientation of a tag; upright for a number that means nothing. */
  public static Orientation ofTag(int tag) {
    if (tag < 1 || tag > LAST) {
      return UPRIGHT;
    }
    boolean across = tag == 2 || tag == 3 || tag == 6 || tag == 7;
    boolean down = tag == 3 || tag == 4 || tag == 7 || tag == 8;
    return new Orientation(tag >= FIRST_TRANSPOSED, across, down);
  }
}
