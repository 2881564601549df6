package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that went are gone. The short form; -Dnirvana.swaps=1000 is the long one. */
class SwapMemoryTest {
  private static final int SWAPS = Integer.getInteger("nirvana.swaps", 50);
  private static final int WARM = Math.min(50, SWAPS / 2);
  private static final double ALLOWED = 1.05;
  private static final Pattern LINE =
      Pattern.compile("swaps (\\d+) heap (\\d+) resident (\\d+) loaded (\\d+) .*");

  @TempDir private Path folder;

  @Test
  void shouldNotGrowWithTheNumberOfSwaps() throws Exception {
    List<Matcher> lines = run().lines().map(LINE::matcher).filter(Matcher::matches).toList();

    assertThat(lines).hasSizeGreaterThan(4);
    assertThat(lines.get(lines.size() - 1).group(1)).isEqualTo(Integer.toString(SWAPS));
    assertThat(lines).allSatisfy(line -> assertThat(line.group(4)).isEqualTo("2"));
    List<Long> resident = values(lines, 3);
    assertThat(resident).allMatch(value -> value <= resident.get(0) * ALLOWED);
    // A megabyte of the heap comes and goes; what grows would lift the lowest of the later values.
    List<Long> heap = values(lines, 2);
    assertThat(heap.subList(heap.size() / 2, heap.size()))
        .anyMatch(value -> value <= heap.get(0) * ALLOWED);
  }

  private static List<Long> values(List<Matcher> lines, int measure) {
    return lines.stream().map(line -> Long.parseLong(line.group(measure))).toList();
  }

  private String run() throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms200m",
            "-Xmx200m",
            "-XX:+UseSerialGC",
            "-XX:+AlwaysPreTouch",
            "-Dai.djl.offline=true",
            "-cp",
            classPath,
            SwapProgram.class.getName(),
            folder.toString(),
            Integer.toString(SWAPS),
            Integer.toString(WARM));
    builder.environment().put("OPT_OUT_TRACKING", "true");
    // One arena of malloc a thread would hold what other threads freed.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    System.out.print(out);
    return out;
  }
}
