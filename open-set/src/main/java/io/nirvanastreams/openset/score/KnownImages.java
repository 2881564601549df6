package io.nirvanastreams.openset.score;

/**
 * What the network made of labelled images of known classes. Rows are shared and must not be
 * written to.
 *
 * @param features one row of D values an image
 * @param representations one row an image
 * @param labels class of each image, in vertex order
 * @param classes how many classes there are
 */
@SuppressWarnings("ArrayRecordComponent")
public record KnownImages(
    float[][] features, float[][] representations, int[] labels, int classes) {

  /**
   * Checks lengths and labels.
   *
   * @throws IllegalArgumentException when they do not fit each other
   */
  public KnownImages {
    if (features.length != representations.length || features.length != labels.length) {
      throw new IllegalArgumentException(
          "%d features, %d representations, %d class indices"
              .formatted(features.length, representations.length, labels.length));
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "an image of class %d; the known ones are 0..%d".formatted(label, classes - 1));
      }
    }
  }

  /** How many images there are. */
  public int size() {
    return labels.length;
  }
}
