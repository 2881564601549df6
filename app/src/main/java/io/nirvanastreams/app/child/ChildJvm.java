package io.nirvanastreams.app.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts Java processes with the class path of this one. Those that still run when this process
 * ends are killed, so that an interrupted command leaves none behind. Stateless but for that; safe
 * from any thread.
 */
public final class ChildJvm {
  private static final int NEEDS_NATIVE_ACCESS = 24;
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "end-of-children"));
  }

  private ChildJvm() {}

  /**
   * Starts a process.
   *
   * @param options of its JVM, beside those that every process of the product needs
   * @param mainClass its name
   * @param log gets what it prints, after what it holds already
   * @throws UncheckedIOException when it does not start
   */
  public static Process start(
      List<String> options, String mainClass, List<String> arguments, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-Djava.awt.headless=true", "-Dai.djl.offline=true"));
    if (Runtime.version().feature() >= NEEDS_NATIVE_ACCESS) {
      command.addAll(
          List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("OPT_OUT_TRACKING", "true");
    // Several processes share the cores: waiting threads must not spin.
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    builder.environment().put("OMP_NUM_THREADS", "1");
    try {
      Process process = builder.start();
      ALIVE.add(process);
      var unused = process.onExit().thenAccept(ALIVE::remove);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + mainClass + ": " + e.getMessage(), e);
    }
  }
}
