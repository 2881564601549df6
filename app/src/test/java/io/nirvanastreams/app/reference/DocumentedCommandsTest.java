package io.nirvanastreams.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.Nirvana;
import io.nirvanastreams.app.cli.CommandLineFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the pages tell people to type is understood by the program; nothing is run. */
class DocumentedCommandsTest {
  /** Every page of the repository is read, and most have something to type. */
  private static final int AT_LEAST = 100;

  @TempDir private Path folder;

  @Test
  void shouldUnderstandEveryCommandOfThePages() throws IOException {
    List<DocumentedCommand> calls = new ArrayList<>();
    for (Path page : DocumentedPages.all()) {
      calls.addAll(DocumentedCommand.of(page));
    }

    assertThat(calls).hasSizeGreaterThan(AT_LEAST);
    assertThat(calls.stream().map(DocumentedCommandsTest::problem).filter(text -> !text.isEmpty()))
        .isEmpty();
  }

  @Test
  void shouldFindCommandsInBlocksAndInTheText() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        Run `nirvana label` or `./nirvana models keygen`.

            ./nirvana ingest "my frames" --rate \\
              10    # a comment
            $ NIRVANA_HEAP=1g ./nirvana train ... [--epochs 3] && nirvana acls > file
            nirvana ingest: no such file
            nirvana groups list: no such cluster
        ```
        ./nirvana groups list
        ```
        """);

    List<DocumentedCommand> calls = DocumentedCommand.of(page);

    assertThat(calls)
        .extracting(DocumentedCommand::arguments)
        .containsExactly(
            List.of("label"),
            List.of("models", "keygen"),
            List.of("ingest", "my frames", "--rate", "10"),
            List.of("train", "--epochs", "3"),
            List.of("acls"),
            List.of("groups", "list"));
    assertThat(calls)
        .extracting(DocumentedCommand::whole)
        .containsExactly(false, false, true, false, true, true);
  }

  @Test
  void shouldFindFaultWithWhatTheProgramDoesNotHave() {
    assertThat(problem(call(true, "trane", "--data", "x"))).contains("page:1", "trane");
    assertThat(problem(call(true, "ingest", "frames", "--speed", "1"))).contains("--speed");
    assertThat(problem(call(true, "ingest", "frames", "--rate", "fast"))).contains("fast");
    assertThat(problem(call(false, "models", "keygem"))).contains("keygem");
    assertThat(problem(call(false, "train", "--epoch", "3"))).contains("--epoch");
    assertThat(problem(call(false, "train", "--epochs", "3"))).isEmpty();
  }

  private static DocumentedCommand call(boolean whole, String... arguments) {
    return new DocumentedCommand("page:1", List.of(arguments), whole);
  }

  private static String problem(DocumentedCommand call) {
    CommandLine command = CommandLineFactory.create(Nirvana.COMMANDS);
    if (!call.whole()) {
      return inPart(call, command);
    }
    try {
      command.parseArgs(call.arguments().toArray(String[]::new));
      return "";
    } catch (ParameterException e) {
      return call.place() + ": " + e.getMessage();
    }
  }

  /** Without its other arguments: commands down to the last one, and names of options. */
  private static String inPart(DocumentedCommand call, CommandLine root) {
    CommandLine command = root;
    for (String argument : call.arguments()) {
      String name = argument.replaceFirst("=.*", "");
      if (!name.startsWith("-") && !command.getSubcommands().isEmpty()) {
        command = command.getSubcommands().get(name);
        if (command == null) {
          return call.place() + ": there is no command " + name;
        }
      } else if (name.startsWith("-") && command.getCommandSpec().findOption(name) == null) {
        return "%s: %s has no option %s"
            .formatted(call.place(), command.getCommandSpec().qualifiedName(), name);
      }
    }
    return "";
  }
}
