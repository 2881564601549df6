package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.security.Refusals;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures as one line on stderr: 2 for wrong usage, 1 for all else. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** Exit code when the command could not do its work. */
  static final int FAILED = 1;

  /** Exit code when the command was called wrongly. */
  static final int WRONG_USAGE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String line = name + ": " + oneLine(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        line += "; did you mean " + String.join(" or ", suggestions) + "?";
      }
    }
    command.getErr().println(line + "; see '" + name + " --help'");
    return WRONG_USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    LOG.info("the command failed", e);
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + message(e));
    return e instanceof UsageException ? WRONG_USAGE : FAILED;
  }

  /** A failure in one line for people: its own words, or its kind when it has none. */
  static String message(Throwable e) {
    Optional<String> refused = Refusals.text(e);
    if (refused.isPresent()) {
      return oneLine(refused.get());
    }
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    // Kafka's clients say that they could not be made, and leave why to what caused it.
    boolean why = e.getClass() == KafkaException.class && e.getCause() != null;
    return oneLine(message) + (why ? ": " + message(e.getCause()) : "");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
