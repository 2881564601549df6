package io.nirvanastreams.app.guarantee;

import java.util.List;

/**
 * All that the promises are judged by. Immutable.
 *
 * @param images what was sent, in the order of each source
 * @param answers what was read, in the order of each partition
 * @param models what happened to the model versions
 * @param repeated answers to the same images, given once more by the same models; empty when nobody
 *     tried
 */
public record Evidence(
    List<SentImage> images,
    List<SeenAnswer> answers,
    ModelHistory models,
    List<SeenAnswer> repeated) {
  /** Copies the lists. */
  public Evidence {
    images = List.copyOf(images);
    answers = List.copyOf(answers);
    repeated = List.copyOf(repeated);
  }
}
