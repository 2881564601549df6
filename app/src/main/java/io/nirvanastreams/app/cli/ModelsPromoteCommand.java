package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.audit.CommandAudit;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.AuditAction;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a published version live. */
@Command(name = "promote", description = "Make a published model version live.")
public final class ModelsPromoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ReadinessOptions readiness;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version of the model.")
  private int version;

  @Option(
      names = "--reason",
      defaultValue = "promoted by hand",
      description = "Why (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    ModelVersion found = Models.version(Models.catalogue(access), name, version);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      Promotion promotion =
          readiness
              .promotions(producer, access, spec.commandLine().getErr())
              .promote(name, found.spec().version(), reason, author);
      spec.commandLine()
          .getOut()
          .println(name + "/" + version + " is live from " + promotion.getEffectiveFrom());
    }
    CommandAudit.done(
        access,
        AuditAction.PROMOTE,
        "model/" + name + "/" + version,
        reason,
        author,
        spec.commandLine().getErr());
    return 0;
  }
}
