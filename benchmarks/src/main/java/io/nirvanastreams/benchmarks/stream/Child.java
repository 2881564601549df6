package io.nirvanastreams.benchmarks.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A subject's process. For one thread. */
final class Child implements AutoCloseable {
  private static final long CLOSE_SECONDS = 45;

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private Child(List<String> command, Path log) throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /**
   * Starts a {@link Subject}.
   *
   * @param recording where to write what the virtual machine did; null for nowhere
   */
  static Child java(String subject, Map<String, String> options, Path log, Path recording)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    if (recording != null) {
      command.add(
          "-XX:StartFlightRecording=settings=profile,jdk.ThreadCPULoad#period=1s,"
              + "jdk.ExecutionSample#period=10ms,filename="
              + recording);
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Subject.class.getName(), subject));
    options.forEach((name, value) -> command.add(name + "=" + value));
    return new Child(command, log);
  }

  /** Starts any other program that says {@code ready}. */
  static Child program(List<String> command, Path log) throws IOException {
    return new Child(command, log);
  }

  /** Waits for a line with this beginning, and gives the rest of it. */
  String await(String beginning) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length()).strip();
      }
    }
    throw new IOException("the subject ended before it said '" + beginning + "'; see its log");
  }

  /** Tells it something. */
  void tell(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  /** The time on processors so far. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        tell("stop");
      }
      if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
