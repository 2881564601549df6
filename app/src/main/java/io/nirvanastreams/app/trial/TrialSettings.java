package io.nirvanastreams.app.trial;

import java.time.Duration;
import java.util.Map;

/**
 * How large and how rough a trial is. Immutable.
 *
 * @param images to be sent
 * @param sources that send them
 * @param partitions of the topics
 * @param processors that share the work
 * @param duration over which images and faults are spread
 * @param faults how often each kind happens
 * @param seed of images, models and faults
 */
record TrialSettings(
    int images,
    int sources,
    int partitions,
    int processors,
    Duration duration,
    Map<FaultKind, Integer> faults,
    long seed) {
  /**
   * Copies the map and checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  TrialSettings {
    faults = Map.copyOf(faults);
    if (images < 1 || sources < 1 || partitions < 1 || processors < 1) {
      throw new IllegalArgumentException(
          "images, sources, partitions and processors are at least 1");
    }
    if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
      throw new IllegalArgumentException("a trial takes at least 10 seconds");
    }
    faults.forEach(
        (kind, times) -> {
          if (times < 0) {
            throw new IllegalArgumentException(kind.words() + " cannot happen " + times + " times");
          }
        });
  }

  int times(FaultKind kind) {
    return faults.getOrDefault(kind, 0);
  }
}
