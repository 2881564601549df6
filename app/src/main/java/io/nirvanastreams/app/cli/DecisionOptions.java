package io.nirvanastreams.app.cli;

import picocli.CommandLine.Option;

/** Who decides, and why: options of commands that decide on a version. For use as a mixin. */
public final class DecisionOptions {
  @Option(
      names = "--reason",
      defaultValue = "decided by hand",
      description = "Why (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  String reason() {
    return reason;
  }

  String author() {
    return author;
  }
}
