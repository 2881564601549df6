package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Overrides;
import io.nirvanastreams.schemas.ThresholdOverride;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the target of a source or a class back. */
@Command(
    name = "unset",
    description = "Take the target of a source, a class or both back; the less specific holds.")
public final class ThresholdsUnsetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private OverrideOptions options;

  @Override
  public Integer call() {
    ThresholdOverride change = options.change(Clock.systemUTC()).build();
    ClusterAccess access = kafka.reachable();
    Overrides overrides = new Overrides(access, options.name());
    boolean set =
        Overrides.last(overrides.history(), options.source(), options.className())
            .filter(before -> before.getAlpha() != null || before.getAlarmBudget() != null)
            .isPresent();
    if (!set) {
      throw new IllegalStateException(
          "there is no override for " + options.subject() + "; see 'nirvana thresholds list'");
    }
    overrides.send(change);
    spec.commandLine()
        .getOut()
        .printf(
            "%s of %s: no override from %s%n",
            options.name(), options.subject(), change.getEffectiveFrom());
    return 0;
  }
}
