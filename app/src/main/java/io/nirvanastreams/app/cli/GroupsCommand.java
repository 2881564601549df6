package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The groups of unknowns. */
@Command(
    name = "groups",
    description = "List, show or erase groups of unknowns.",
    subcommands = {GroupsListCommand.class, GroupsShowCommand.class, GroupsEraseCommand.class})
public final class GroupsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say list, show or erase");
  }
}
