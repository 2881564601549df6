package io.nirvanastreams.processor.replay;

/**
 * When a group of unknowns counts as known by a later model version, and how much is looked at to
 * find out. Immutable.
 *
 * @param share of the images looked at, the least that must be answered KNOWN
 * @param minimumImages images without which a group is left open
 * @param imagesPerGroup most images of a group that are answered again; the latest ones
 * @param maximumGroups most groups that are looked at in one review; the largest ones
 */
public record ReviewSettings(
    double share, int minimumImages, int imagesPerGroup, int maximumGroups) {
  /** Four in five of at least five images; at most 50 images of each of 256 groups. */
  public static final ReviewSettings DEFAULT = new ReviewSettings(0.8, 5, 50, 256);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException for a share outside (0.5, 1], or numbers below 1
   */
  public ReviewSettings {
    if (!(share > 0.5 && share <= 1)) {
      throw new IllegalArgumentException("share " + share + " must be above 0.5 and at most 1");
    }
    if (minimumImages < 1 || imagesPerGroup < minimumImages || maximumGroups < 1) {
      throw new IllegalArgumentException(
          "minimum images %d and groups %d must be at least 1, images a group %d at least the minimum"
              .formatted(minimumImages, maximumGroups, imagesPerGroup));
    }
  }
}
