package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Decisions;
import io.nirvanastreams.app.clients.Decisions.Decision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what was decided on versions. */
@Command(
    name = "history",
    description = {
      "List every decision on model versions, with time, author and reason.",
      "Refusals by processors are kept for a week, the others for ever."
    })
public final class ModelsHistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name of the model (default: every model).")
  private String name;

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    Table table =
        new Table("DECIDED", "VERSION", "DECISION", "HOLDS FROM", "FOR", "AUTHOR", "REASON");
    for (Decision one : Decisions.history(access, name)) {
      table.row(
          one.decidedAt().toString(),
          one.name() + "/" + one.version(),
          one.what(),
          one.holdsFrom() == null ? "-" : one.holdsFrom().toString(),
          one.scope().isEmpty() ? "-" : one.scope(),
          one.author(),
          one.reason());
    }
    table.print(spec.commandLine().getOut());
    return 0;
  }
}
