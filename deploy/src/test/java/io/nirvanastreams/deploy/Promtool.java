package io.nirvanastreams.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own checker, as Debian's package prometheus brings it. */
final class Promtool {
  private final Path program;

  private Promtool(Path program) {
    this.program = program;
  }

  /** What a run said. */
  record Result(int exitCode, String output) {}

  /** The program on this machine; skips the test where there is none. PROMTOOL names one. */
  static Promtool orSkip() {
    Optional<Path> found = find();
    if (found.isEmpty()) {
      String reason = "no promtool here: apt-get install prometheus, or name it in PROMTOOL";
      System.out.println("Skipped: " + reason);
      Assumptions.abort(reason);
    }
    return new Promtool(found.orElseThrow());
  }

  private static Optional<Path> find() {
    String named = System.getenv("PROMTOOL");
    Stream<Path> places =
        named != null
            ? Stream.of(Path.of(named))
            : Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "promtool"));
    return places.filter(Files::isExecutable).findFirst();
  }

  Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
