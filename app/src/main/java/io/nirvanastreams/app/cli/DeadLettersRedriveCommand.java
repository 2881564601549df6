package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.deadletters.DeadLetters;
import io.nirvanastreams.app.deadletters.Letter;
import io.nirvanastreams.app.deadletters.LetterFilter;
import io.nirvanastreams.app.deadletters.Redrive;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends dead letters back to the images. */
@Command(
    name = "redrive",
    description = {
      "Send dead letters back to the images, with their key and headers and a marker.",
      "Each is sent once: letters that were redriven before, or failed again, are left out."
    })
public final class DeadLettersRedriveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private LetterOptions options;

  @Parameters(
      paramLabel = "LETTER",
      arity = "0..*",
      description = "Ids of letters, as 'list' prints them (default: all that the options choose).")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--all", description = "All letters, when nothing else chooses.")
  private boolean all;

  @Option(names = "--dry-run", description = "Print what would be sent, and send nothing.")
  private boolean dryRun;

  @Option(names = "--again", description = "Also those that were redriven before.")
  private boolean again;

  @Override
  public Integer call() {
    LetterFilter filter = options.filter(ids, Instant.now());
    if (filter.isOpen() && !all) {
      throw new UsageException(
          "nothing is chosen; name letters, or choose by --reason, --source, --since, --until or"
              + " --all");
    }
    ClusterAccess access = kafka.reachable();
    try (DeadLetters topic = new DeadLetters(access)) {
      DeadLetters.Contents contents = topic.read(filter);
      checkAllFound(filter, contents);
      return dryRun ? rehearse(access, contents) : send(access, topic, contents);
    }
  }

  private int rehearse(ClusterAccess access, DeadLetters.Contents contents) {
    PrintWriter out = spec.commandLine().getOut();
    int count = 0;
    for (Letter letter : contents.letters()) {
      Optional<String> obstacle = Redrive.obstacle(letter, contents, access.topics(), again);
      out.println(
          letter.id() + "  " + obstacle.map(why -> "left out: " + why).orElse("to be sent"));
      count += obstacle.isEmpty() ? 1 : 0;
    }
    out.println(count + " of " + contents.letters().size() + " letters would be redriven");
    return 0;
  }

  private int send(ClusterAccess access, DeadLetters topic, DeadLetters.Contents contents) {
    PrintWriter out = spec.commandLine().getOut();
    int count = 0;
    try (Redrive redrive = new Redrive(access, topic)) {
      for (Letter letter : contents.letters()) {
        Optional<String> obstacle =
            Redrive.obstacle(letter, contents, access.topics(), again)
                .or(() -> redrive.send(letter));
        obstacle.ifPresent(why -> out.println(letter.id() + "  left out: " + why));
        count += obstacle.isEmpty() ? 1 : 0;
      }
    }
    out.println(
        count
            + " of "
            + contents.letters().size()
            + " letters redriven to "
            + access.topics().images().name());
    return 0;
  }

  private static void checkAllFound(LetterFilter filter, DeadLetters.Contents contents) {
    Set<Object> missing = new HashSet<>(filter.ids());
    contents.letters().forEach(letter -> missing.remove(letter.id()));
    if (!missing.isEmpty()) {
      throw new IllegalStateException("there are no dead letters " + missing + " so chosen");
    }
  }
}
