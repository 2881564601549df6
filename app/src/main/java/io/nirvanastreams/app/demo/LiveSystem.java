package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.console.ConsoleServer;
import io.nirvanastreams.app.console.ConsoleSettings;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.InstanceReadiness;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.Provenances;
import io.nirvanastreams.trainer.publish.Publication;
import io.nirvanastreams.trainer.publish.Publisher;
import io.nirvanastreams.trainer.publish.PublishingSettings;
import io.nirvanastreams.trainer.publish.Readiness;
import io.nirvanastreams.trainer.retrain.FineTuneSettings;
import io.nirvanastreams.trainer.retrain.FineTuner;
import io.nirvanastreams.trainer.retrain.RetrainingService;
import io.nirvanastreams.trainer.retrain.RetrainingSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The product's own parts as the demo runs them, in one process: version 1 published, the stream
 * processor, the retraining service and the console. Closing stops them in the order that the
 * images flow.
 */
final class LiveSystem implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);

  /** Longer than a promotion takes to be heard. */
  private static final Duration PROMOTION_MARGIN = Duration.ofSeconds(2);

  private final StreamProcessor processor;
  private final RetrainingService retraining;
  private final ConsoleServer console;

  private LiveSystem(
      StreamProcessor processor, RetrainingService retraining, ConsoleServer console) {
    this.processor = processor;
    this.retraining = retraining;
    this.console = console;
  }

  /** Publishes version 1 and makes it live from now on. */
  static void publish(DemoCluster cluster, FirstModel model) throws IOException {
    Clock clock = Clock.systemUTC();
    try (ControlProducer producer =
        new ControlProducer(cluster.access().kafka(), cluster.access().serdes())) {
      new Publisher(producer, cluster.topics(), cluster.blobStore(), clock, cluster.signingKey())
          .publish(
              new Publication(
                  model.built().artifact(),
                  model.built().calibration(),
                  model.built().probe(),
                  Provenances.of(model.built().model(), model.built().trainingImages(), clock),
                  model.built().measures(),
                  null));
      new ModelPromotions(producer, cluster.topics(), clock, Duration.ZERO, Readiness.UNASKED)
          .promote(FirstModel.NAME, 1, "the first version", "demo");
    }
  }

  static LiveSystem start(DemoSettings settings, DemoCluster cluster, FirstModel model)
      throws IOException, InterruptedException, TimeoutException {
    StreamProcessor processor = new StreamProcessor(processorSettings(cluster));
    RetrainingService retraining = retraining(settings, cluster, model);
    ConsoleServer console = null;
    try {
      processor.start();
      processor.awaitReady(READY);
      retraining.start();
      console =
          ConsoleServer.start(
              ConsoleSettings.onLoopback(
                  settings.consolePort(),
                  cluster.topics(),
                  cluster.access().kafka(),
                  cluster.access().registry()));
      return new LiveSystem(processor, retraining, console);
    } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
      retraining.close();
      processor.close();
      throw e;
    }
  }

  private static ProcessorSettings processorSettings(DemoCluster cluster) {
    return ProcessorSettings.of(
        Map.of(
            "bootstrap.servers",
            cluster.access().bootstrapServers(),
            AvroSerdes.SCHEMA_REGISTRY_URL,
            cluster.access().schemaRegistryUrl(),
            ProcessorSettings.BLOB_STORE,
            cluster.blobs(),
            ProcessorSettings.MODEL_NAME,
            FirstModel.NAME,
            ProcessorSettings.TRUSTED_KEYS,
            cluster.trustedKeys(),
            "state.dir",
            cluster.work().resolve("state")));
  }

  private static RetrainingService retraining(
      DemoSettings settings, DemoCluster cluster, FirstModel model) throws IOException {
    Clock clock = Clock.systemUTC();
    FineTuner learner =
        new FineTuner(
            FineTuneSettings.of(settings.seed()),
            model.splits(),
            null,
            cluster.blobStore(),
            cluster.models(),
            clock,
            List.of());
    return new RetrainingService(
        RetrainingSettings.of(FirstModel.NAME).withSettle(Duration.ofSeconds(1)),
        cluster.access().kafka(),
        cluster.access().serdes(),
        cluster.topics(),
        cluster.blobStore(),
        cluster.work().resolve("labelled"),
        model.splits().train().shape(),
        learner,
        clock,
        new PublishingSettings(
            cluster.signingKey(), PROMOTION_MARGIN, InstanceReadiness.Settings.DEFAULT));
  }

  URI console() {
    return console.uri();
  }

  @Override
  public void close() {
    retraining.close();
    processor.close();
    console.close();
  }
}
