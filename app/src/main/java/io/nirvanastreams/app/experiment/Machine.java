package io.nirvanastreams.app.experiment;

import io.nirvanastreams.embedding.Engines;

/** What an experiment ran on, in words for its report. Stateless. */
final class Machine {
  private Machine() {}

  static String of(String device) {
    return "%s, %d processors, Java %s, %s"
        .formatted(
            device,
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            Engines.versions());
  }
}
