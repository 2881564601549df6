package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.Features;

/**
 * What a version forgets of its parent's classes, counted on the same images before and after.
 * Immutable.
 *
 * @param images of the old classes
 * @param right of them by the parent: nearest to the vertex of their class
 * @param lost of these, those that the new version gets wrong
 * @param gained those that the parent got wrong and the new version gets right
 */
public record Forgetting(int images, int right, int lost, int gained) {

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when they contradict each other
   */
  public Forgetting {
    if (lost < 0 || gained < 0 || lost > right || right + gained > images) {
      throw new IllegalArgumentException(
          "of %d images %d right, %d lost, %d gained cannot be"
              .formatted(images, right, lost, gained));
    }
  }

  /** Counts; the images are of the parent's classes, in vertex order. */
  public static Forgetting between(Embedder parent, Embedder version, ImageSet old) {
    return between(right(parent, old), right(version, old));
  }

  /** Counts, of the same images in the same order. */
  static Forgetting between(boolean[] before, boolean[] after) {
    int right = 0;
    int lost = 0;
    int gained = 0;
    for (int i = 0; i < before.length; i++) {
      right += before[i] ? 1 : 0;
      lost += before[i] && !after[i] ? 1 : 0;
      gained += !before[i] && after[i] ? 1 : 0;
    }
    return new Forgetting(before.length, right, lost, gained);
  }

  /** Which images are nearest to the vertex of their class, among all vertices of the model. */
  static boolean[] right(Embedder embedder, ImageSet images) {
    return images.size() == 0
        ? new boolean[0]
        : right(Features.of(embedder, images), embedder.spec().centres());
  }

  static boolean[] right(Features features, float[][] centres) {
    boolean[] right = new boolean[features.size()];
    for (int i = 0; i < right.length; i++) {
      Evidence evidence =
          Evidence.of(features.features()[i], features.representations()[i], centres);
      right[i] = evidence.nearest() == features.labels()[i];
    }
    return right;
  }

  /** Accuracy of the parent, 0 to 1; NaN without images. */
  public double accuracyBefore() {
    return (double) right / images;
  }

  /** Accuracy of the new version, 0 to 1; NaN without images. */
  public double accuracyAfter() {
    return (double) (right - lost + gained) / images;
  }

  /** By how much the accuracy fell; negative when it rose, NaN without images. */
  public double fall() {
    return (double) (lost - gained) / images;
  }

  /** The standard error of the fall, from the images that changed sides: it is a paired count. */
  public double error() {
    double change = lost - gained;
    return Math.sqrt(lost + gained - change * change / images) / images;
  }
}
