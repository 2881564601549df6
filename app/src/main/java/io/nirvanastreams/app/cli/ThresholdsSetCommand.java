package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.clients.Overrides;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.records.BadRecordException;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ThresholdOverride;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives a source or a class another target. */
@Command(
    name = "set",
    description = {
      "Give a source, a class or both another target, on the live stream.",
      "The more specific one wins: source and class, source, class, all."
    })
public final class ThresholdsSetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private OverrideOptions options;

  @Option(
      names = "--alpha",
      description = "Target share of known images answered UNKNOWN, between 0 and 1.")
  private Double alpha;

  @Option(
      names = "--alarm-budget",
      description =
          "Target share of false alarms among the alarms of the source, 0 for no budget; holds"
              + " where the processor has alarms.enabled=true.")
  private Double alarmBudget;

  @Override
  public Integer call() {
    if (alpha == null && alarmBudget == null) {
      throw new UsageException("give --alpha, --alarm-budget or both");
    }
    ThresholdOverride.Builder change = options.change(Clock.systemUTC());
    ClusterAccess access = kafka.reachable();
    ModelVersion live =
        Models.live(Models.catalogue(access), options.name())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no live model '" + options.name() + "'; see 'nirvana models'"));
    if (!options.className().isEmpty() && !live.spec().classes().contains(options.className())) {
      throw new UsageException(
          "the live version has no class '"
              + options.className()
              + "'; there are "
              + live.spec().classes());
    }
    Overrides overrides = new Overrides(access, options.name());
    ThresholdOverride before =
        Overrides.last(overrides.history(), options.source(), options.className()).orElse(null);
    // One record says all of its source and class: what is not given stays.
    Double oldAlpha = before == null ? null : before.getAlpha();
    Double oldBudget = before == null ? null : before.getAlarmBudget();
    ThresholdOverride override =
        change
            .setAlpha(alpha == null ? oldAlpha : alpha)
            .setAlarmBudget(alarmBudget == null ? oldBudget : alarmBudget)
            .build();
    try {
      overrides.send(override);
    } catch (BadRecordException e) {
      throw new UsageException(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s of %s: alpha %s, alarm budget %s, from %s (override %s)%n",
        options.name(),
        options.subject(),
        ThresholdsListCommand.value(override.getAlpha()),
        ThresholdsListCommand.value(override.getAlarmBudget()),
        override.getEffectiveFrom(),
        override.getOverrideId());
    remark(out, live.calibration(), override);
    return 0;
  }

  /** A conformal p-value goes no lower than 1/(n+1). */
  private static void remark(
      PrintWriter out, OpenSetCalibration calibration, ThresholdOverride override) {
    int all = calibration.classes().stream().mapToInt(one -> one.scores().length).sum();
    if (override.getAlpha() != null
        && DecisionRules.conformal(calibration.method())
        && 1.0 / (all + 1) >= override.getAlpha()) {
      out.printf(
          "Nothing will be answered unknown: with %d calibration images alpha must be above %.2g%n",
          all, 1.0 / (all + 1));
    }
  }
}
