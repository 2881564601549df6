package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.child.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One {@code nirvana process} in a process of its own, with an id and a state folder that it keeps
 * over restarts. Safe from any thread.
 */
final class ProcessorInstance implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(45);
  private static final long LOOK_MILLIS = 100;

  private final List<String> arguments;
  private final Path log;
  private Process process;
  private boolean closed;

  /**
   * An instance that is not started.
   *
   * @param id of the instance
   * @param common arguments of all instances
   * @param work gets its state and its log
   */
  ProcessorInstance(String id, List<String> common, Path work) {
    arguments = new ArrayList<>(common);
    arguments.add(0, "process");
    arguments.add("--instance-id=" + id);
    arguments.add("--state-dir=" + work.resolve("state-" + id));
    log = work.resolve("processor-" + id + ".log");
  }

  /** Starts it unless it runs. Returns at once. */
  synchronized void start() {
    if (!closed && (process == null || !process.isAlive())) {
      process =
          ChildJvm.start(
              List.of("-Xmx400m", "-XX:TieredStopAtLevel=1"),
              "io.nirvanastreams.app.Nirvana",
              arguments,
              log);
    }
  }

  /** Kills it without warning; false when it was not running. */
  synchronized boolean kill() throws InterruptedException {
    boolean alive = process != null && process.isAlive();
    if (alive) {
      process.destroyForcibly().waitFor();
    }
    return alive;
  }

  /** Stops it politely; kills it when it does not end in time. */
  synchronized void stop() throws InterruptedException {
    if (process == null) {
      return;
    }
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Lets it stand still for a while, as a machine out of memory does. */
  void freeze(Duration time) throws InterruptedException {
    Process frozen;
    synchronized (this) {
      frozen = process;
    }
    if (frozen == null || !frozen.isAlive()) {
      return;
    }
    signal("-STOP", frozen);
    try {
      Thread.sleep(time.toMillis());
    } finally {
      signal("-CONT", frozen);
    }
  }

  /** Where its log ends now, to be waited from. */
  long mark() {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it printed these words after a mark; false when it did not in time. */
  boolean awaitPrinted(String words, long mark, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      if (printed(mark).contains(words)) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private String printed(long mark) {
    try {
      if (!Files.exists(log)) {
        return "";
      }
      byte[] all = Files.readAllBytes(log);
      int from = (int) Math.min(mark, all.length);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String signal, Process process) throws InterruptedException {
    try {
      int code = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      if (code != 0 && process.isAlive()) {
        throw new IllegalStateException("kill " + signal + " failed with exit code " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no kill command", e);
    }
  }
}
