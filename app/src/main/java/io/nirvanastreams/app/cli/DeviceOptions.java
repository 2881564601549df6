package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import picocli.CommandLine.Option;

/** The options of commands that run networks. For use as a mixin. */
public final class DeviceOptions {
  @Option(
      names = "--device",
      defaultValue = "cpu",
      description = "Where networks run: cpu, gpu:N or auto (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--threads",
      description = "Threads that one operation may use (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  String device() {
    if (!device.matches("cpu|auto|gpu:\\d+")) {
      throw new UsageException("--device is '" + device + "'; write cpu, gpu:0 or auto");
    }
    return device;
  }

  int threads() {
    if (threads < 1) {
      throw new UsageException("--threads is " + threads + "; give at least 1");
    }
    return threads;
  }
}
