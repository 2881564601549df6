package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The settings of running processors. */
@Command(
    name = "processor",
    description = "Show or change settings of running processors.",
    subcommands = {ProcessorSetCommand.class, ProcessorShowCommand.class})
public final class ProcessorCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say set or show");
  }
}
