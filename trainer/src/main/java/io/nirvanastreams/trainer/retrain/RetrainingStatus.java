package io.nirvanastreams.trainer.retrain;

import java.util.Map;

/**
 * Where a retraining service stands. Immutable.
 *
 * @param caughtUp whether all that was on the topics when it started has been read
 * @param learning whether it is learning now
 * @param images labelled images by class
 * @param published versions published since it started
 * @param refused versions learned and not published since it started
 * @param failure why the service stopped; empty while it runs
 */
public record RetrainingStatus(
    boolean caughtUp,
    boolean learning,
    Map<String, Integer> images,
    int published,
    int refused,
    String failure) {

  /** Copies the map. */
  public RetrainingStatus {
    images = Map.copyOf(images);
  }
}
