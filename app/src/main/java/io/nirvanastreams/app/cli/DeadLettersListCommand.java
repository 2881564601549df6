package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.deadletters.DeadLetters;
import io.nirvanastreams.app.deadletters.Letter;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the dead letters, newest first. */
@Command(name = "list", description = "List what could not be processed, newest first.")
public final class DeadLettersListCommand implements Callable<Integer> {
  private static final int WIDEST_REASON = 80;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private LetterOptions options;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most letters to print (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit is " + limit + "; give at least 1");
    }
    var filter = options.filter(List.of(), Instant.now());
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    try (DeadLetters topic = new DeadLetters(access)) {
      DeadLetters.Contents contents = topic.read(filter);
      Table table = new Table("LETTER", "TIME", "SOURCE", "BYTES", "FROM", "REDRIVEN", "REASON");
      contents.letters().stream()
          .sorted(Comparator.comparing(Letter::time).reversed())
          .limit(limit)
          .forEach(
              letter ->
                  table.row(
                      letter.id().toString(),
                      letter.time().toString(),
                      letter.source().isEmpty() ? "-" : printable(letter.source(), 40),
                      letter.bytes() + (letter.cut() ? " (cut)" : ""),
                      letter.from().toString(),
                      redriven(letter, contents),
                      printable(letter.reason(), WIDEST_REASON)));
      table.print(out);
      int left = contents.letters().size() - limit;
      if (left > 0) {
        out.println(left + " more; see --limit, --reason, --source, --since");
      }
    }
    return 0;
  }

  static String redriven(Letter letter, DeadLetters.Contents contents) {
    if (contents.redriven().contains(letter.id())) {
      return "yes";
    }
    return letter.redrivenBefore() ? "failed again" : "no";
  }

  /** Foreign text on a terminal: one line, no control characters. */
  static String printable(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= most ? line : line.substring(0, most - 3) + "...";
  }
}
