package io.nirvanastreams.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.cli.Running;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop closes on real images: the short demo, with one class to learn. */
class DemoIT {
  @TempDir private Path work;

  @Test
  void shouldLearnAClassFromItsUnknownsAndKeepItsPromises() throws Exception {
    DemoSettings settings =
        new DemoSettings(
            null, List.of(), 1, true, false, false, 4, 100, 1, Duration.ofMinutes(4), 0.05, 0);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    int exitCode;
    try (Running running = new Running()) {
      Screen screen = new Screen(new PrintStream(printed, true, UTF_8), false);
      exitCode = new DemoRun(settings, screen, running).run(work);
    }

    String text = printed.toString(UTF_8);
    assertThat(exitCode).as(text).isZero();
    assertThat(text)
        .contains("learned ", "missing 0, doubled 0", "kept    TheLoopCloses")
        .doesNotContain("BROKEN");
  }
}
