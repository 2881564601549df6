package io.nirvanastreams.processor.shadow;

import io.nirvanastreams.processor.model.ServingModel;

/** Finds the candidate that looks at an image. Implementations are safe for any thread. */
@FunctionalInterface
public interface ShadowModels {
  /**
   * The candidate.
   *
   * @return leased: the caller releases it; null when the image is of no sample
   */
  ServingModel shadow(String eventId, long recordTime);
}
