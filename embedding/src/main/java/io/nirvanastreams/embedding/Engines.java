package io.nirvanastreams.embedding;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where the tensor engine starts: PyTorch through DJL, offline, in the pinned
 * versions. Safe for any thread.
 */
public final class Engines {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
  private static final String NAME = "PyTorch";
  private static final String GPU = "gpu:";

  private Engines() {}

  /** Started by the first use; the class loader lets one thread in. */
  private static final class Holder {
    static final Engine ENGINE = start();

    private Holder() {}
  }

  /** The processor of this machine, looked at once. */
  private static final class Processor {
    static final boolean HAS_BFLOAT16 = flags().matches(".*\\b(avx512_bf16|amx_bf16)\\b.*");

    private Processor() {}

    private static String flags() {
      Path information = Path.of("/proc/cpuinfo");
      try (Stream<String> lines = Files.lines(information)) {
        return lines.filter(line -> line.startsWith("flags")).findFirst().orElse("");
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("{} cannot be read; no bf16", information, e);
        return "";
      }
    }
  }

  /**
   * A new manager of native memory on a device. The caller closes it.
   *
   * @throws IllegalStateException when the engine cannot start, or is not the pinned version
   */
  public static NDManager newManager(Device device) {
    return engine().newBaseManager(device);
  }

  /**
   * Makes sure that all devices are there, before anything is begun on them.
   *
   * @param settings as {@link #device} takes them
   * @throws IllegalArgumentException for one that is not there
   */
  public static void requireDevices(List<String> settings) {
    for (String setting : settings) {
      var unused = device(setting);
    }
  }

  /**
   * The device of a setting.
   *
   * @param setting {@code cpu}, {@code gpu:N}, or {@code auto}: the first GPU when there is one
   * @throws IllegalArgumentException for another setting, or a GPU that is not there
   */
  public static Device device(String setting) {
    if (setting.equals("cpu")) {
      return Device.cpu();
    }
    if (setting.equals("auto")) {
      return engine().getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    }
    if (setting.matches("gpu:\\d{1,2}")) {
      if (!engine().hasCapability(StandardCapabilities.CUDA)) {
        throw new IllegalArgumentException(
            "there is no GPU for " + setting + ", or the native library is the one for CPUs");
      }
      Device device = Device.gpu(Integer.parseInt(setting.substring(GPU.length())));
      // Not getGpuCount, which is 0 where the CUDA runtime is not on the library path.
      try (NDManager manager = newManager(device)) {
        manager.ones(new Shape(1)).toFloatArray();
        return device;
      } catch (EngineException e) {
        throw new IllegalArgumentException("the engine has no device " + setting, e);
      }
    }
    throw new IllegalArgumentException("a device is cpu, gpu:N or auto, not " + setting);
  }

  /**
   * Whether a setting, as {@link #device} takes it, means a GPU.
   *
   * @throws IllegalArgumentException for a device that is not there
   */
  public static boolean isGpu(String setting) {
    return device(setting).isGpu();
  }

  /**
   * Sets how many threads one operation uses when this thread calls it. Workers that run side by
   * side want 1 each, a single trainer wants all cores. Every worker must call it for itself: a new
   * thread begins with the engine's default, whatever another thread has set.
   *
   * @throws IllegalArgumentException for a number below 1
   */
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("an operation needs at least 1 thread, not " + threads);
    }
    engine();
    JniUtils.setNumThreads(threads);
  }

  /**
   * Whether a device multiplies bfloat16 numbers itself. Without that the engine can do it too, but
   * slower than float32.
   */
  public static boolean hasBfloat16(Device device) {
    return device.isGpu() || Processor.HAS_BFLOAT16;
  }

  /** The versions in use, for provenance: engine, native library and DJL. */
  public static String versions() {
    return NAME + " " + engine().getVersion() + ", DJL " + Engine.getDjlVersion();
  }

  /** Seeds the engine's own generator, which draws the dropout masks. */
  public static void setSeed(int seed) {
    engine().setRandomSeed(seed);
  }

  private static Engine engine() {
    try {
      return Holder.ENGINE;
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof IllegalStateException cause) {
        throw cause; // which has words for people
      }
      throw e;
    }
  }

  private static Engine start() {
    System.setProperty("ai.djl.offline", "true");
    // The optimizer would compile anew for every batch size.
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    Engine engine;
    try {
      engine = Engine.getEngine(NAME);
    } catch (EngineException e) {
      throw new IllegalStateException(whyNotStarted(e), e);
    }
    Properties pinned = new Properties();
    try (InputStream stream = Engines.class.getResourceAsStream("engine.properties")) {
      pinned.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("the pinned versions are not in the jar", e);
    }
    // Other versions load, and then compute wrong values: the engine does not notice.
    requirePinned("libtorch", pinned.getProperty("libtorch"), engine.getVersion());
    requirePinned("DJL", pinned.getProperty("djl"), Engine.getDjlVersion());
    LOG.info("{}, {} GPUs", NAME + " " + engine.getVersion(), engine.getGpuCount());
    return engine;
  }

  /** What a person can do about an engine that did not start. */
  static String whyNotStarted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains("libcuda.so")) {
        return "the PyTorch engine is the one for NVIDIA GPUs, and their driver is not here"
            + " (libcuda.so.1): give the container its GPUs (--gpus all), or take the image for"
            + " CPUs";
      }
    }
    return "the PyTorch engine cannot start; it needs linux-x86_64 and a cache folder that can be"
        + " written (DJL_CACHE_DIR)";
  }

  private static void requirePinned(String part, String pinned, String found) {
    if (!pinned.equals(found)) {
      throw new IllegalStateException(part + " is version " + found + ", needed is " + pinned);
    }
  }
}
