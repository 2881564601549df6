package io.nirvanastreams.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The public data sets. */
@Command(
    name = "data",
    description = "List or fetch public data sets, or unpack the bundled one.",
    subcommands = {DataListCommand.class, DataFetchCommand.class, DataUnpackCommand.class})
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say list, fetch or unpack");
  }
}
