package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What wants a person. */
@Command(
    name = "alerts",
    description = "Send alerts out of the cluster.",
    subcommands = AlertsForwardCommand.class)
public final class AlertsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say forward");
  }
}
