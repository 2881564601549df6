package io.nirvanastreams.app.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script for a shell. */
@Command(
    name = "completion",
    description = "Print a completion script for a shell.",
    footer = "Use it with: source <(nirvana completion bash)")
public final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  /** Shells with a completion script. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("# nirvana: completion for " + shell);
    // One script serves both: under zsh it loads zsh's emulation of bash's completion.
    out.print(AutoComplete.bash("nirvana", spec.root().commandLine()));
    out.flush();
  }
}
