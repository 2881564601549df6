package io.nirvanastreams.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: options that every subcommand takes. */
@Command(
    name = "nirvana",
    description = "Open-set recognition on Kafka Streams that learns the classes it did not know.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    footerHeading = "%n",
    footer = {
      "Every option can also be given in the environment (--topic-prefix as NIRVANA_TOPIC_PREFIX)"
          + " and in the file of --config (topic-prefix=...).",
      "The command line goes before the environment, the environment before the file.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
public final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with values for options.",
      scope = ScopeType.INHERIT)
  @SuppressWarnings("UnusedVariable") // Read before the arguments are parsed: it gives defaults.
  private Path config;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log to the terminal what happens; twice for debugging.",
      scope = ScopeType.INHERIT)
  private boolean[] verbose = {};

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      description = "Log to this file as well.",
      scope = ScopeType.INHERIT)
  private Path logFile;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "How log lines look: text, or json, one object a line, with the event id and the model"
              + " version where a line is about an image (default: ${DEFAULT-VALUE}).",
      scope = ScopeType.INHERIT)
  private LogFormat logFormat = LogFormat.TEXT;

  /** How log lines look. */
  enum LogFormat {
    /** For people. */
    TEXT,
    /** For machines. */
    JSON
  }

  /** How log lines look. */
  LogFormat logFormat() {
    return logFormat;
  }

  /** How often --verbose was given. */
  int verbosity() {
    return verbose.length;
  }

  /** The file to log to; null for none. */
  Path logFile() {
    return logFile;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
