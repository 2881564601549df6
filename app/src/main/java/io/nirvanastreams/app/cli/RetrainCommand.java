package io.nirvanastreams.app.cli;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.management.ClusterWatch;
import io.nirvanastreams.app.management.Health;
import io.nirvanastreams.app.management.ProcessMeters;
import io.nirvanastreams.app.management.TrainerMeters;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.replay.NoveltyCloser;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.replay.ReviewSettings;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.trainer.retrain.FineTuneSettings;
import io.nirvanastreams.trainer.retrain.FineTuner;
import io.nirvanastreams.trainer.retrain.ForgettingLimit;
import io.nirvanastreams.trainer.retrain.RetrainingService;
import io.nirvanastreams.trainer.retrain.RetrainingSettings;
import io.nirvanastreams.trainer.retrain.RetrainingStatus;
import io.nirvanastreams.trainer.train.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the retraining service until Ctrl-C. */
@Command(
    name = "retrain",
    description = {
      "Learn the classes that people name, and publish what was learned, until Ctrl-C.",
      "Give the data set, classes, shares and seed that the first version was trained with: the"
          + " old classes are rehearsed, and what calibrated them is not trained on."
    })
public final class RetrainCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private DataOptions data;
  @Mixin private DeviceOptions device;
  @Mixin private BlobStoreOption blobs;
  @Mixin private TrustOptions trust;
  @Mixin private ManagementOptions management;
  @Mixin private SigningOptions signing;
  @Mixin private ReadinessOptions readiness;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.nirvana/retrain",
      description = "Where labelled images and new models are kept (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--minimum-images",
      defaultValue = "60",
      description = "Images that a new class needs (default: ${DEFAULT-VALUE}).")
  private int minimumImages;

  @Option(
      names = "--maximum-forgetting",
      defaultValue = "0.03",
      description =
          "Largest fall of the old classes' accuracy; beyond it nothing is published (default:"
              + " ${DEFAULT-VALUE}).")
  private double maximumForgetting;

  @Option(
      names = "--forgetting-limit",
      paramLabel = "FRACTION",
      defaultValue = "0.01",
      description =
          "Fall of the old classes' accuracy on validation images, its standard error included,"
              + " beyond which they get a lead over the new ones, or a version is trained again with"
              + " more weight on them; never above --maximum-forgetting (default:"
              + " ${DEFAULT-VALUE}).")
  private double forgettingLimit;

  @Option(
      names = "--learning-attempts",
      paramLabel = "COUNT",
      defaultValue = "3",
      description =
          "How often a version is trained to keep to it, at most; 1 only measures and gives no"
              + " lead (default: ${DEFAULT-VALUE}).")
  private int learningAttempts;

  @Option(
      names = "--recalibrate-every",
      paramLabel = "DURATION",
      description =
          "Also calibrate the live version again from labels this often, such as PT10M; classes"
              + " with too few labels keep their thresholds (default: never).")
  private Duration recalibrateEvery;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RetrainingSettings settings = settings();
    ForgettingLimit forgetting = forgetting();
    ClusterAccess access = kafka.reachable();
    ModelCatalogue catalogue = Models.catalogue(access);
    ModelVersion first =
        catalogue.versions(name).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no model '" + name + "'; publish one with 'nirvana publish'"));
    TrainingData images = data.read(first.spec().classes(), first.spec().input());
    String trained = first.manifest().getProvenance().getDataSha256();
    if (!images.parts().train().sha256().equals(trained)) {
      throw new UsageException(
          "the data is not what version "
              + first.spec().version()
              + " was trained on; give its data set, classes, shares and seed");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Running running = new Running();
        RetrainingService service = service(settings, forgetting, access, first, images);
        NoveltyCloser closer = closer(access, out);
        Admin admin = access.admin();
        ClusterWatch cluster = ClusterWatch.start(admin);
        ProcessMeters meters = ProcessMeters.open("trainer", Version.number());
        ManagementOptions.Served served =
            management.serve(() -> health(service.status()).needing(cluster), meters::scrape)) {
      meters.bind(new KafkaClientMetrics((AdminClient) admin));
      cluster.bindTo(meters.registry());
      TrainerMeters shown = new TrainerMeters(meters.registry(), name, service.status());
      served.announce(out);
      service.start();
      closer.start();
      out.println("Listening for names of unknowns; end with Ctrl-C.");
      Runnable recalibration = RegularRecalibration.of(recalibrateEvery, access, name, out);
      watch(
          service,
          running,
          out,
          () -> {
            shown.update(service.status());
            recalibration.run();
          });
    }
    return 0;
  }

  private RetrainingService service(
      RetrainingSettings settings,
      ForgettingLimit forgetting,
      ClusterAccess access,
      ModelVersion first,
      TrainingData images)
      throws IOException {
    Clock clock = Clock.systemUTC();
    FineTuner learner =
        new FineTuner(
            FineTuneSettings.of(data.seed())
                .withForgetting(forgetting)
                .on(device.device(), device.threads())
                .in(device.execution()),
            images.parts(),
            null,
            blobs.open(access),
            work.resolve("models"),
            clock,
            List.of(ProgressBar.onConsole()));
    return new RetrainingService(
        settings,
        access.kafka(),
        access.serdes(),
        access.topics(),
        blobs.open(access),
        work.resolve("images"),
        first.spec().input(),
        learner,
        clock,
        readiness.publishing(signing.key()));
  }

  private static Health health(RetrainingStatus status) {
    boolean well = status.failure().isEmpty();
    return new Health(
        status.caughtUp(),
        well,
        well && status.caughtUp(),
        Map.of(
            "failure", status.failure(),
            "caughtUp", Boolean.toString(status.caughtUp()),
            "learning", Boolean.toString(status.learning()),
            "images", status.images().toString()));
  }

  private NoveltyCloser closer(ClusterAccess access, PrintWriter out) {
    ProcessorSettings processor =
        ProcessorSettings.of(ReplayOptions.base(access, name, blobs, trust, device.device()));
    return new NoveltyCloser(
        access,
        processor,
        ReviewSettings.DEFAULT,
        group -> out.printf("group %s is known by now as %s%n", group.groupId(), group.label()));
  }

  private static void watch(
      RetrainingService service, Running running, PrintWriter out, Runnable regularly)
      throws InterruptedException {
    RetrainingStatus before = service.status();
    while (!running.endsWithin(LOOK.toMillis())) {
      RetrainingStatus now = service.status();
      if (!now.failure().isEmpty()) {
        throw new IllegalStateException("retraining stopped: " + now.failure());
      }
      if (!now.images().equals(before.images())
          || now.published() != before.published()
          || now.refused() != before.refused()) {
        out.printf(
            "labelled images %s, published %d, refused %d%n",
            now.images(), now.published(), now.refused());
      }
      before = now;
      regularly.run();
    }
  }

  private ForgettingLimit forgetting() {
    try {
      return new ForgettingLimit(Math.min(forgettingLimit, maximumForgetting), learningAttempts);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private RetrainingSettings settings() {
    try {
      return RetrainingSettings.of(name)
          .withMinimumImages(minimumImages)
          .withMaximumForgetting(maximumForgetting);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
