package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The targets that answers are decided at. */
@Command(
    name = "thresholds",
    description = "List, set or unset targets of single sources and classes on a live stream.",
    subcommands = {
      ThresholdsListCommand.class,
      ThresholdsSetCommand.class,
      ThresholdsUnsetCommand.class
    })
public final class ThresholdsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say list, set or unset");
  }
}
