package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.CandidateSchedule;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends what a version is beside the live one. */
@Command(name = "end", description = "End what a version is as canary and as shadow.")
public final class ModelsEndCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ReadinessOptions readiness;
  @Mixin private DecisionOptions decision;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version of the model.")
  private int version;

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    List<Promotion> decisions = Models.catalogue(access).promotions();
    long now = Instant.now().toEpochMilli();
    if (!CandidateSchedule.of(ModelRole.CANARY, name, decisions).wanted(version, now)
        && !CandidateSchedule.of(ModelRole.SHADOW, name, decisions).wanted(version, now)) {
      throw new IllegalStateException(
          name + "/" + version + " is neither canary nor shadow; see 'nirvana models history'");
    }
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      Promotion end =
          readiness
              .promotions(producer, access, spec.commandLine().getErr())
              .end(name, version, decision.reason(), decision.author());
      spec.commandLine()
          .getOut()
          .println(
              name + "/" + version + " is no candidate any more from " + end.getEffectiveFrom());
    }
    return 0;
  }
}
