package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that run networks. For use as a mixin. */
public final class DeviceOptions {
  @Option(
      names = "--device",
      defaultValue = "cpu",
      description =
          "Where networks run: cpu, gpu:N or auto; training takes several, such as gpu:0,gpu:1,"
              + " which share every batch (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--threads",
      description = "Threads that one operation may use (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--execution",
      defaultValue = "auto",
      description =
          "How the layers of a network are carried out: one by one (blocks), as one generated graph"
              + " (graph), or as is faster (auto) (default: ${DEFAULT-VALUE}).")
  private String execution;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      description =
          "How exactly convolutions are computed: fp32, bf16 (about twice as fast where the"
              + " processor has it), or auto for bf16 where the processor has it and, when a model"
              + " answers, where it changes no answers (default: ${DEFAULT-VALUE}).")
  private String precision;

  /** The device of a command that runs networks on one. */
  String device() {
    if (devices().size() > 1) {
      throw new UsageException(
          "--device is '" + device + "'; only train and experiment take several");
    }
    return device;
  }

  /**
   * The devices of a training; the first measures.
   *
   * @throws UsageException for one that does not exist
   */
  List<String> devices() {
    List<String> devices = List.of(device.split(",", -1));
    for (String one : devices) {
      if (!one.matches("cpu|auto|gpu:\\d+")) {
        throw new UsageException(
            "--device is '" + device + "'; write cpu, gpu:0, auto or several, such as gpu:0,gpu:1");
      }
    }
    return devices;
  }

  ExecutionSettings execution() {
    try {
      return ExecutionSettings.of(execution, precision);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--execution and --precision: " + e.getMessage(), e);
    }
  }

  int threads() {
    if (threads < 1) {
      throw new UsageException("--threads is " + threads + "; give at least 1");
    }
    return threads;
  }
}
