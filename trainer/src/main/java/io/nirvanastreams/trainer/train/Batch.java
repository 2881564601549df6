package io.nirvanastreams.trainer.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The images of one step.
 *
 * @param images known ones first, background ones after them
 * @param labels of the known ones
 * @param secondLabels of the images that were mixed into the known ones, or null when they are pure
 * @param weight of the loss for {@code labels}, 0 to 1; that for {@code secondLabels} has the rest
 * @param vertices of the background ones, or null when they have none
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for one step and is never compared.
record Batch(List<byte[]> images, int[] labels, int[] secondLabels, double weight, int[] vertices) {
  int known() {
    return labels.length;
  }

  int background() {
    return images.size() - labels.length;
  }

  /**
   * The batch dealt into parts of as many known and as many background images, up to one; an image
   * stays with what was made of it.
   *
   * @throws IllegalArgumentException when a part would have fewer than two known images
   */
  List<Batch> parts(int count) {
    if (count == 1) {
      return List.of(this);
    }
    if (known() < 2 * count) {
      throw new IllegalArgumentException(
          "a batch of %d images cannot be dealt to %d devices; raise batch-size or take fewer"
              .formatted(known(), count));
    }
    List<Batch> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = known() * i / count;
      int to = known() * (i + 1) / count;
      int fromBackground = background() * i / count;
      int toBackground = background() * (i + 1) / count;
      List<byte[]> own = new ArrayList<>(images.subList(from, to));
      own.addAll(images.subList(known() + fromBackground, known() + toBackground));
      parts.add(
          new Batch(
              own,
              Arrays.copyOfRange(labels, from, to),
              secondLabels == null ? null : Arrays.copyOfRange(secondLabels, from, to),
              weight,
              vertices == null
                  ? null
                  : Arrays.copyOfRange(vertices, fromBackground, toBackground)));
    }
    return parts;
  }
}
