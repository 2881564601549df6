package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.recalibrate.Recalibrator;
import io.nirvanastreams.records.ModelVersion;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * Calibrates the live version again from time to time, when it is run often enough. What stands in
 * the way is told once and tried again. For one thread.
 */
final class RegularRecalibration implements Runnable {
  private static final String AUTHOR = "nirvana retrain";

  private final Duration every;
  private final ClusterAccess cluster;
  private final String name;
  private final PrintWriter out;
  private long next;
  private String told = "";

  private RegularRecalibration(
      Duration every, ClusterAccess cluster, String name, PrintWriter out) {
    this.every = every;
    this.cluster = cluster;
    this.name = name;
    this.out = out;
    this.next = System.nanoTime() + every.toNanos();
  }

  /** Does nothing where no interval is given. */
  static Runnable of(Duration every, ClusterAccess cluster, String name, PrintWriter out) {
    if (every == null) {
      return () -> {};
    }
    if (every.isNegative() || every.isZero()) {
      throw new UsageException("--recalibrate-every must be above 0, was " + every);
    }
    return new RegularRecalibration(every, cluster, name, out);
  }

  @Override
  public void run() {
    if (System.nanoTime() - next < 0) {
      return;
    }
    next = System.nanoTime() + every.toNanos();
    try {
      Optional<ModelVersion> live = Models.live(Models.catalogue(cluster), name);
      if (live.isPresent()) {
        recalibrate(live.get());
      }
    } catch (IllegalArgumentException | KafkaException e) {
      tell("not recalibrated: " + e.getMessage());
    }
  }

  private void recalibrate(ModelVersion live) {
    Recalibrator recalibrator = new Recalibrator(cluster, Clock.systemUTC());
    Recalibrator.Result result =
        recalibrator.fit(live, live.calibration().alpha(), Instant.EPOCH, true);
    if (result.changed()) {
      Instant from = recalibrator.publish(live, result.calibration(), AUTHOR);
      tell(
          name
              + "/"
              + live.spec().version()
              + " recalibrated as "
              + result.calibration().version()
              + " from "
              + from
              + " on; false unknowns before "
              + ThresholdsListCommand.measured(result.rate()));
    }
  }

  private void tell(String line) {
    if (!line.equals(told)) {
      out.println(line);
      told = line;
    }
  }
}
