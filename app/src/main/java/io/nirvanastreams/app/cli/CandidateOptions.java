package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Decisions;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** The version that a command gives a role beside the live one. For use as a mixin. */
public final class CandidateOptions {
  @Mixin private KafkaOptions kafka;
  @Mixin private ReadinessOptions readiness;
  @Mixin private DecisionOptions decision;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version of the model.")
  private int version;

  String name() {
    return name;
  }

  int version() {
    return version;
  }

  String reason() {
    return decision.reason();
  }

  String author() {
    return decision.author();
  }

  /**
   * Decides and prints what was decided.
   *
   * @param does what the version does from now on, for people
   * @throws RuntimeException when there is no such version, or processors are not ready for it
   */
  void decide(CommandSpec spec, String does, Function<ModelPromotions, Promotion> deciding) {
    ClusterAccess access = kafka.reachable();
    var unused = Models.version(Models.catalogue(access), name, version);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      Promotion decided =
          deciding.apply(readiness.promotions(producer, access, spec.commandLine().getErr()));
      spec.commandLine()
          .getOut()
          .println(
              "%s/%d %s %s from %s"
                  .formatted(
                      name, version, does, Decisions.scope(decided), decided.getEffectiveFrom()));
    }
  }
}
