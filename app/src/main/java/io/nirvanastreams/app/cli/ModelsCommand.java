package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The published model versions. */
@Command(
    name = "models",
    description = "List, show, sign, try, promote or roll back published model versions.",
    subcommands = {
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class,
      ModelsShadowCommand.class,
      ModelsCanaryCommand.class,
      ModelsEndCommand.class,
      ModelsWatchCommand.class,
      ModelsHistoryCommand.class,
      ModelsKeygenCommand.class,
      ModelsSignCommand.class
    })
public final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say list, show, history, promote, rollback, shadow, canary, end, watch, keygen or sign");
  }
}
