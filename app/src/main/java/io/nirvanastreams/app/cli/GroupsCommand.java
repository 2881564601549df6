package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The groups of unknowns. */
@Command(
    name = "groups",
    description = "List or show groups of unknowns.",
    subcommands = {GroupsListCommand.class, GroupsShowCommand.class})
public final class GroupsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say list or show");
  }
}
