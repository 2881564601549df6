package io.nirvanastreams.embedding;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/**
 * The one place where the tensor engine starts: PyTorch through DJL, offline, in the pinned
 * versions. Safe for any thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Engines {
  private Engines() {}

  /**
   * A new manager of native memory on a device. The caller closes it.
   *
   * @throws IllegalStateException when the engine cannot start, or is not the pinned version
   */
  public static NDManager newManager(Device device) {
    throw new IllegalStateException("not ready " + device);
  }

  /**
   * The device of a setting.
   *
   * @param setting {@code cpu}, {@code gpu:N}, or {@code auto}
   * @throws IllegalArgumentException for another setting, or a GPU that is not there
   */
  public static Device device(String setting) {
    throw new IllegalStateException("not ready " + setting);
  }

  /**
   * Sets how many threads one operation uses when it is called by this thread. Workers that run
   * side by side want 1, a single trainer wants all cores.
   */
  public static void setThreads(int threads) {
    throw new IllegalStateException("not ready " + threads);
  }
}
