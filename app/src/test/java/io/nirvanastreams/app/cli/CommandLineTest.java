package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.Nirvana;
import io.nirvanastreams.app.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class CommandLineTest {
  @TempDir private Path directory;

  @Test
  void shouldExplainEveryCommand() {
    for (List<String> path : paths(CommandLineFactory.create(Nirvana.COMMANDS), List.of())) {
      List<String> arguments = new ArrayList<>(path);
      arguments.add("--help");

      Cli cli = Cli.run(arguments.toArray(String[]::new));

      assertThat(cli.exitCode()).as("%s", path).isZero();
      assertThat(cli.out()).contains("Usage: nirvana " + String.join(" ", path));
      assertThat(cli.out()).contains("--verbose", "--config");
      assertThat(cli.err()).isEmpty();
    }
  }

  @Test
  void shouldTellItsVersion() {
    Cli cli = Cli.run("--version");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).startsWith("nirvana ");
  }

  @Test
  void shouldCompleteEveryCommand() {
    Cli cli = Cli.run("completion", "bash");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("complete -F _complete_nirvana", "--bootstrap-servers");
  }

  @Test
  void shouldTellWrongUsageInOneLine() {
    assertOneLine(Cli.run("topics", "list", "--ofline"), 2, "--offline", "--help");
    assertOneLine(Cli.run("nonsense"), 2, "nonsense", "nirvana --help");
    assertOneLine(Cli.run(), 2, "a command is missing");
    assertOneLine(Cli.run("topics"), 2, "list or create");
    assertOneLine(Cli.run("topics", "create", "--partitions", "many"), 2, "many");
    assertOneLine(Cli.run("topics", "list", "--offline", "--topic-prefix", "a b"), 2, "a b");
    assertOneLine(Cli.run("--config", "/no/such/file", "topics", "list"), 2, "/no/such/file");
    assertOneLine(Cli.run("topics", "list", "--kafka-config", "/no/file"), 2, "/no/file");
    assertOneLine(probe("--fail", "usage"), 2, "nirvana probe: give less");
  }

  @Test
  void shouldTellFailuresInOneLine() {
    assertOneLine(probe("--fail", "work"), 1, "nirvana probe: first second");
    assertOneLine(probe("--fail", "silent"), 1, "IllegalStateException");
    assertOneLine(
        Cli.run("topics", "list", "--bootstrap-servers", "no-such-host.invalid:9092"),
        1,
        "Failed to create new KafkaAdminClient: No resolvable bootstrap urls");
  }

  @Test
  void shouldTakeTheCommandLineBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
    Path file = Files.writeString(directory.resolve("n.properties"), "topic.prefix=file\nrate=3\n");
    Map<String, String> environment = Map.of("NIRVANA_TOPIC_PREFIX", "environment");
    String config = "--config=" + file;

    assertThat(probe().out()).contains("prefix=nirvana rate=1");
    assertThat(probe(config).out()).contains("prefix=file rate=3");
    assertThat(probe(environment, config).out()).contains("prefix=environment rate=3");
    assertThat(probe(environment, config, "--topic-prefix", "given", "--rate", "5").out())
        .contains("prefix=given rate=5");
    assertThat(probe(Map.of("NIRVANA_CONFIG", file.toString())).out()).contains("prefix=file");
  }

  @Test
  void shouldGatherSettingsOfKafka() throws IOException {
    Path file =
        Files.writeString(directory.resolve("n.properties"), "kafka.a.b=file\nkafka.c=file\n");
    Path more = Files.writeString(directory.resolve("more.properties"), "c=more\nd=more\n");
    Map<String, String> environment = Map.of("NIRVANA_KAFKA_A_B", "environment");

    Cli cli =
        probe(
            environment,
            "--config=" + file,
            "--kafka-config",
            more.toString(),
            "--kafka-config",
            "d=given");

    assertThat(cli.out()).contains("kafka={a.b=environment, c=more, d=given}");
  }

  @Test
  void shouldRefuseKeysThatNoOptionHas() throws IOException {
    Path file = Files.writeString(directory.resolve("n.properties"), "topic.prefx=x\n");

    assertOneLine(probe("--config=" + file), 2, "topic.prefx", file.toString());
  }

  private static Cli probe(String... arguments) {
    return probe(Map.of(), arguments);
  }

  private static Cli probe(Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of("probe"));
    all.addAll(List.of(arguments));
    return Cli.run(List.of(ProbeCommand.class), environment, all.toArray(String[]::new));
  }

  private static void assertOneLine(Cli cli, int exitCode, String... contained) {
    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(exitCode);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains(contained);
    assertThat(cli.out()).isEmpty();
  }

  private static List<List<String>> paths(CommandLine command, List<String> path) {
    List<List<String>> paths = new ArrayList<>(List.of(path));
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              paths.addAll(paths(sub, longer));
            });
    return paths;
  }

  @Command(name = "probe")
  static final class ProbeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private KafkaOptions kafka;

    @Option(names = "--rate", defaultValue = "1")
    private int rate;

    @Option(names = "--fail", defaultValue = "")
    private String fail;

    @Override
    public Integer call() {
      switch (fail) {
        case "usage" -> throw new UsageException("give less");
        case "work" -> throw new IllegalStateException("first\n  second");
        case "silent" -> throw new IllegalStateException();
        default -> {}
      }
      var access = kafka.access();
      spec.commandLine()
          .getOut()
          .printf(
              "prefix=%s rate=%d kafka=%s%n",
              access.topics().prefix(), rate, new java.util.TreeMap<>(access.settings()));
      return 0;
    }
  }
}
