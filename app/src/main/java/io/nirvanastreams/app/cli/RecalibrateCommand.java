package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.recalibrate.Recalibrator;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Calibrates a model again from labels, without training. */
@Command(
    name = "recalibrate",
    description = {
      "Calibrate the live version again from what people said of its answers; the weights stay.",
      "Running processors take the new thresholds between two batches."
    })
public final class RecalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(names = "--model-version", description = "Its version (default: the live one).")
  private Integer version;

  @Option(
      names = "--alpha",
      description = "Target share of known images answered UNKNOWN (default: as before).")
  private Double alpha;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only answers no older than this, such as PT24H (default: all that are kept).")
  private Duration since;

  @Option(
      names = "--keep-short",
      description = "Classes with too few labels keep their scores; otherwise that is refused.")
  private boolean keepShort;

  @Option(names = "--dry-run", description = "Say what would come of it and publish nothing.")
  private boolean dryRun;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  @Override
  public Integer call() {
    if (alpha != null && !(alpha > 0 && alpha < 1)) {
      throw new UsageException("--alpha must lie between 0 and 1, was " + alpha);
    }
    ClusterAccess access = kafka.reachable();
    ModelVersion model = model(Models.catalogue(access));
    OpenSetCalibration before = model.calibration();
    Recalibrator recalibrator = new Recalibrator(access, Clock.systemUTC());
    Recalibrator.Result result =
        recalibrator.fit(
            model,
            alpha == null ? before.alpha() : alpha,
            since == null ? Instant.EPOCH : Instant.now().minus(since),
            keepShort);
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table("CLASS", "IMAGES BEFORE", "IMAGES NOW");
    for (int c = 0; c < before.classes().size(); c++) {
      ClassCalibration now = result.calibration().classes().get(c);
      table.row(
          now.label(),
          Integer.toString(before.classes().get(c).scores().length),
          Integer.toString(now.scores().length));
    }
    table.print(out);
    out.printf(
        "False unknowns among known images by the thresholds in force: %s, target %s%n",
        ThresholdsListCommand.measured(result.rate()), before.alpha());
    String what = name + "/" + model.spec().version() + " " + result.calibration().version();
    if (dryRun || !result.changed()) {
      out.println(what + (dryRun ? " is not published (--dry-run)" : " would change nothing"));
      return 0;
    }
    Instant from = recalibrator.publish(model, result.calibration(), author);
    out.println(what + " decides from " + from + " on, at alpha " + result.calibration().alpha());
    return 0;
  }

  private ModelVersion model(ModelCatalogue catalogue) {
    return version != null
        ? Models.version(catalogue, name, version)
        : Models.live(catalogue, name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no live model '" + name + "'; see 'nirvana models list'"));
  }
}
