package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.audit.CommandAudit;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
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

/** Makes the version live again that was live before. */
@Command(name = "rollback", description = "Make the version live again that was live before.")
public final class ModelsRollbackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ReadinessOptions readiness;

  @Parameters(paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Option(
      names = "--reason",
      defaultValue = "rolled back by hand",
      description = "Why (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      Promotion promotion =
          readiness
              .promotions(producer, access, spec.commandLine().getErr())
              .rollback(Models.catalogue(access), name, reason, author);
      spec.commandLine()
          .getOut()
          .println(
              name
                  + "/"
                  + promotion.getVersion()
                  + " is live again from "
                  + promotion.getEffectiveFrom());
      CommandAudit.done(
          access,
          AuditAction.ROLL_BACK,
          "model/" + name + "/" + promotion.getVersion(),
          reason,
          author,
          spec.commandLine().getErr());
    }
    return 0;
  }
}
