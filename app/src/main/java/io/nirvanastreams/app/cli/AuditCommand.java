package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who decided what. */
@Command(
    name = "audit",
    description = "List who named, ignored, promoted or rolled back what.",
    subcommands = AuditListCommand.class)
public final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say list");
  }
}
