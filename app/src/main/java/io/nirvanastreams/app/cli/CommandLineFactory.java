package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.LayeredConfig;
import io.nirvanastreams.app.config.Secrets;
import io.nirvanastreams.app.config.UsageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Puts the commands together with configuration, logging and failure handling. Stateless. */
public final class CommandLineFactory {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLineFactory.class);

  private CommandLineFactory() {}

  /**
   * Runs a command to its end.
   *
   * @param commands classes of the subcommands, in the order of the help text
   * @param arguments as the user gave them
   * @param environment the process's environment
   * @param out where the commands print
   * @param err where failures are told
   * @return the exit code
   */
  public static int run(
      List<Class<?>> commands,
      List<String> arguments,
      Map<String, String> environment,
      PrintWriter out,
      PrintWriter err) {
    CommandLine command = create(commands).setOut(out).setErr(err);
    try {
      LayeredConfig config = LayeredConfig.of(arguments, environment);
      config.refuseUnknownKeys(LayeredDefaults.names(command));
      LayeredDefaults defaults = new LayeredDefaults(config);
      command.setDefaultValueProvider(defaults);
      command.setExecutionStrategy(result -> execute(command, defaults, result));
    } catch (UsageException e) {
      err.println("nirvana: " + Failures.message(e));
      return Failures.WRONG_USAGE;
    }
    return command.execute(arguments.toArray(String[]::new));
  }

  /** The command with its subcommands: for running, completion scripts and the reference. */
  public static CommandLine create(List<Class<?>> commands) {
    CommandLine command = new CommandLine(new RootCommand());
    commands.forEach(command::addSubcommand);
    Failures failures = new Failures();
    return command
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  private static int execute(CommandLine command, LayeredDefaults defaults, ParseResult result) {
    RootCommand root = command.getCommand();
    Logging.configure(root.verbosity(), root.logFile(), root.logFormat());
    if (LOG.isInfoEnabled()) {
      ParseResult last = result;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      log(defaults, last);
    }
    return new CommandLine.RunLast().execute(result);
  }

  private static void log(LayeredDefaults defaults, ParseResult result) {
    LOG.info("{} {}", result.commandSpec().qualifiedName(), Version.number());
    for (OptionSpec option : result.commandSpec().options()) {
      String name = LayeredDefaults.name(option);
      Object value = option.getValue();
      if (value == null || option.usageHelp() || option.versionHelp()) {
        continue;
      }
      Optional<LayeredConfig.Found> found = defaults.find(option);
      String origin =
          result.hasMatchedOption(option)
              ? "command line"
              : found.map(LayeredConfig.Found::origin).orElse("default");
      if (!(value instanceof List)) {
        LOG.info("{} = {} ({})", name, Secrets.masked(name, value.toString()), origin);
      }
    }
  }
}
