package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Decisions;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a version look at images beside the live one. */
@Command(
    name = "shadow",
    description = {
      "Have a version look at a share of the images beside the live one, and answer none.",
      "'nirvana models show' prints what it would have answered; ended by 'promote' or 'end'."
    })
public final class ModelsShadowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ReadinessOptions readiness;
  @Mixin private DecisionOptions decision;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version of the model.")
  private int version;

  @Option(
      names = "--share",
      paramLabel = "0..1",
      defaultValue = "0.2",
      description = "Share of the images (default: ${DEFAULT-VALUE}).")
  private double share;

  @Override
  public Integer call() {
    if (!(share > 0 && share <= 1)) {
      throw new UsageException("--share must lie above 0 and at most at 1, was " + share);
    }
    ClusterAccess access = kafka.reachable();
    var unused = Models.version(Models.catalogue(access), name, version);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      Promotion shadow =
          readiness
              .promotions(producer, access, spec.commandLine().getErr())
              .shadow(name, version, share, decision.reason(), decision.author());
      spec.commandLine()
          .getOut()
          .println(
              "%s/%d looks at %s from %s"
                  .formatted(name, version, Decisions.scope(shadow), shadow.getEffectiveFrom()));
    }
    return 0;
  }
}
