package io.nirvanastreams.trainer.train;

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
}
