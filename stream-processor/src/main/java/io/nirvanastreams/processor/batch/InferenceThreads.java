package io.nirvanastreams.processor.batch;

import io.nirvanastreams.embedding.Engines;

/**
 * How many batches are in the network at once.
 *
 * <p>On a CPU one batch a core, each on its own core, gets more done than one batch on all: the
 * threads of one operation wait for each other at its end, and whoever else takes a core for a
 * moment, a decoder or the broker, makes all of them wait. It also gives the same bits on machines
 * of any number of cores. A GPU is filled by one batch.
 *
 * @param count threads, at least 1
 * @param prepare called by each of them before its first batch, and by who loads networks for them
 */
public record InferenceThreads(int count, Runnable prepare) {
  /** One thread with the engine's own setting. */
  public static final InferenceThreads SINGLE = new InferenceThreads(1, () -> {});

  /**
   * The threads for a device.
   *
   * @param device {@code cpu}, {@code gpu:N} or {@code auto}
   * @param wanted how many; 0 for what suits the device
   * @throws IllegalArgumentException for a device that is not there
   */
  public static InferenceThreads of(String device, int wanted) {
    if (Engines.isGpu(device)) {
      return new InferenceThreads(Math.max(1, wanted), () -> {});
    }
    int cores = Runtime.getRuntime().availableProcessors();
    int count = wanted == 0 ? cores : wanted;
    return new InferenceThreads(count, () -> Engines.setThreads(Math.max(1, cores / count)));
  }
}
