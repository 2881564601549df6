package io.nirvanastreams.processor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies of an image, and the processes after it. */
@Timeout(120)
class DecodeDeathTest {
  @TempDir private Path folder;

  @Test
  void shouldAnswerEveryImageAfterThreeDeathsOfOne() throws Exception {
    for (int death = 1; death <= 3; death++) {
      Ended ended = run();
      assertThat(ended.code()).as(ended.out()).isEqualTo(1);
    }

    for (int start = 0; start < 2; start++) {
      Ended ended = run();

      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(ended.out())
          .containsOnlyOnce("decoder ended")
          .contains(DecodeDeathProgram.CULPRIT + ": the decoder ended the process")
          .contains("answered " + DecodeDeathProgram.IMAGES);
    }
  }

  private record Ended(int code, String out) {}

  private Ended run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DecodeDeathProgram.class.getName(),
                folder.resolve("journal").toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }
}
