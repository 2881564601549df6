package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.records.InstanceFeed;
import io.nirvanastreams.records.signature.SigningKey;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.InstanceReadiness;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.PublishingSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of commands that make versions live. For use as a mixin. */
public final class ReadinessOptions {
  /** What becomes of a version that a processor is not ready for. */
  enum IfNotReady {
    REFUSE,
    PROMOTE
  }

  @Option(
      names = "--prepare-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Longest wait until every living processor has the version loaded and warm (default:"
              + " ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--if-not-ready",
      paramLabel = "refuse|promote",
      defaultValue = "refuse",
      description =
          "What then, or when a processor refuses it: leave all as it is, or make it live all the"
              + " same (default: ${DEFAULT-VALUE}).")
  private IfNotReady then;

  /** How promotions wait. */
  InstanceReadiness.Settings settings() {
    try {
      return new InstanceReadiness.Settings(
          Duration.ofSeconds(seconds), then == IfNotReady.PROMOTE);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--prepare-timeout: " + e.getMessage(), e);
    }
  }

  /** Publishing with these options. */
  PublishingSettings publishing(SigningKey signer) {
    return new PublishingSettings(signer, ModelPromotions.DEFAULT_MARGIN, settings());
  }

  /** Promotions that wait as the options say, and tell people when they go on without somebody. */
  ModelPromotions promotions(ControlProducer producer, ClusterAccess access, PrintWriter told) {
    Clock clock = Clock.systemUTC();
    return new ModelPromotions(
        producer,
        access.topics(),
        clock,
        ModelPromotions.DEFAULT_MARGIN,
        new InstanceReadiness(
            () -> new InstanceFeed(access.kafka(), access.serdes(), access.topics(), clock),
            settings(),
            sentence -> told.println("warning: " + sentence)));
  }
}
