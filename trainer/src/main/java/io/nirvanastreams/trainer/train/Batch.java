package io.nirvanastreams.trainer.train;

import java.util.List;

/**
 * The images of one step.
 *
 * @param images known ones first, background ones after them
 * @param labels of the known ones
 * @param vertices of the background ones, or null when they have none
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for one step and is never compared.
record Batch(List<byte[]> images, int[] labels, int[] vertices) {
  int known() {
    return labels.length;
  }

  int background() {
    return images.size() - labels.length;
  }
}
