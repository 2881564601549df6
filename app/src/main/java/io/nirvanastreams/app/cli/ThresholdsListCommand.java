package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Gauges;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.clients.Overrides;
import io.nirvanastreams.openset.calibration.FalseUnknownRate;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.schemas.ThresholdOverride;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the targets and what was measured beside them. */
@Command(
    name = "list",
    description = "List overrides, and the rate of false unknowns that labels show beside alpha.")
public final class ThresholdsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(names = "--all", description = "Also overrides that others took the place of.")
  private boolean all;

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    Models.live(Models.catalogue(access), name)
        .ifPresent(
            live -> {
              OpenSetCalibration calibration = live.calibration();
              out.printf(
                  "%s/%d decides by %s at alpha %s (%s)%n%n",
                  name,
                  live.spec().version(),
                  calibration.method(),
                  calibration.alpha(),
                  calibration.version());
            });
    overrides(access).print(out);
    out.println();
    gauges(access).print(out);
    return 0;
  }

  private Table overrides(ClusterAccess access) {
    Table table =
        new Table(
            "OVERRIDE", "SOURCE", "CLASS", "ALPHA", "ALARM BUDGET", "FROM", "AUTHOR", "REASON");
    List<ThresholdOverride> history = new Overrides(access, name).history();
    for (ThresholdOverride one : history) {
      boolean last =
          Overrides.last(history, one.getSourceId(), one.getClassName()).orElseThrow().equals(one);
      boolean says = one.getAlpha() != null || one.getAlarmBudget() != null;
      if (all || (last && says)) {
        table.row(
            one.getOverrideId(),
            one.getSourceId().isEmpty() ? "*" : one.getSourceId(),
            one.getClassName().isEmpty() ? "*" : one.getClassName(),
            value(one.getAlpha()),
            value(one.getAlarmBudget()),
            one.getEffectiveFrom().toString(),
            one.getAuthor(),
            one.getReason());
      }
    }
    return table;
  }

  private Table gauges(ClusterAccess access) {
    Table table =
        new Table(
            "VERSION", "THRESHOLDS", "KNOWN", "UNKNOWN", "LABELLED", "ALPHA", "FALSE UNKNOWNS");
    for (Gauges.Gauge gauge : Gauges.read(access, name)) {
      FalseUnknownRate rate = gauge.rate();
      table.row(
          Integer.toString(gauge.version()),
          gauge.thresholdVersion(),
          Long.toString(gauge.known().answers()),
          Long.toString(gauge.unknown().answers()),
          Long.toString(rate.labelled()),
          value(gauge.alpha()),
          measured(rate));
    }
    return table;
  }

  /** A measured rate with its standard error, for people. */
  static String measured(FalseUnknownRate rate) {
    return Double.isNaN(rate.rate())
        ? "-"
        : String.format(Locale.ROOT, "%.4f +- %.4f", rate.rate(), rate.error());
  }

  /** A target, for people. */
  static String value(Double target) {
    return target == null ? "-" : String.format(Locale.ROOT, "%s", target);
  }
}
