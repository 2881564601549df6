package io.nirvanastreams.app.management;

import java.time.Clock;
import java.time.Duration;

/** Watches over clusters that there are not. */
public final class ClusterWatches {
  private ClusterWatches() {}

  /** Shows the meters of a watch. */
  public static void bindOne(ProcessMeters meters) {
    try (ClusterWatch watch = new ClusterWatch(() -> {}, Clock.systemUTC(), Duration.ofDays(1))) {
      watch.bindTo(meters.registry());
    }
  }
}
