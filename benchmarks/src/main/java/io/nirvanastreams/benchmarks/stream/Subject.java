package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.processor.model.Network;
import io.nirvanastreams.processor.model.ServingModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * A process under measurement: {@code Subject stream|plain|bare key=value...}. It says {@code
 * ready}, answers {@code heap} on its input by the bytes in use, and ends at {@code stop} or the
 * input's end, so that it never outlives its driver.
 */
public final class Subject {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int COLLECTIONS = 3;

  private final Map<String, String> options = new HashMap<>();

  private Subject(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      options.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
  }

  /** Runs one subject. */
  public static void main(String[] arguments) throws Exception {
    Subject subject = new Subject(arguments);
    switch (arguments[0]) {
      case "stream" -> subject.stream();
      case "plain" -> subject.plain();
      case "bare" -> subject.bare();
      default -> throw new IllegalArgumentException("no subject " + arguments[0]);
    }
  }

  String option(String name) {
    return options.get(name);
  }

  int batch() {
    return Integer.parseInt(option("batch"));
  }

  /** The model itself, or the device that stands in for it. */
  Network network() throws BadModelException {
    var artifact = ModelArtifacts.read(Path.of(option("model")));
    if (option("network").equals("stand-in")) {
      return new StandIn(artifact.spec().centres()[0]);
    }
    Embedder embedder =
        Embedder.load(
            artifact, EmbedderOptions.cpu().in(ExecutionSettings.of("auto", option("precision"))));
    return new Network() {
      @Override
      public List<io.nirvanastreams.embedding.Embedding> embed(List<byte[]> pixels) {
        return embedder.embed(pixels);
      }

      @Override
      public void close() {
        embedder.close();
      }
    };
  }

  private void stream() throws IOException, InterruptedException, TimeoutException {
    try (StreamProcessor processor = processor()) {
      processor.start();
      processor.awaitReady(PATIENCE);
      say("ready");
      obey();
    }
  }

  private StreamProcessor processor() {
    Map<String, String> values = new HashMap<>();
    values.put("bootstrap.servers", option("bootstrap"));
    values.put("schema.registry.url", option("registry"));
    values.put("topic.prefix", option("prefix"));
    values.put("blob.store", option("blobs"));
    values.put("models.unsigned.allowed", "true");
    values.put("application.id", option("application"));
    values.put("instance.id", option("instance"));
    values.put("state.dir", option("state"));
    values.put("batch.max", option("batch"));
    values.put("device", "cpu");
    values.put("precision", option("precision"));
    options.forEach(
        (name, value) -> {
          if (name.startsWith("set.")) {
            values.put(name.substring("set.".length()), value);
          }
        });
    ProcessorSettings settings = ProcessorSettings.of(values);
    if (option("network").equals("model")) {
      return new StreamProcessor(settings);
    }
    return new StreamProcessor(
        settings,
        version ->
            new ServingModel(
                version.spec(),
                "stand-in",
                version.centres(),
                version.calibration(),
                new StandIn(version.centres()[0])));
  }

  private void plain() throws Exception {
    try (PlainLoop loop = new PlainLoop(this)) {
      Thread worker = new Thread(loop::run, "plain-loop");
      worker.start();
      say("ready");
      obey();
      loop.stop();
      worker.join();
    }
  }

  /**
   * The model and nothing else, at the batch of the others: by one caller whose operations use all
   * cores, or by a caller a core.
   */
  private void bare() throws Exception {
    int callers = Integer.parseInt(option("callers"));
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try (Network network = network()) {
      double seconds = Double.parseDouble(option("seconds"));
      long unused = embed(network, threads, callers, cores, Double.parseDouble(option("warm")));
      Duration before = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      long start = System.nanoTime();
      long done = embed(network, threads, callers, cores, seconds);
      double taken = (System.nanoTime() - start) / 1e9;
      Duration after = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      say(
          String.format(
              Locale.ROOT, "rate %f %f", done / taken, after.minus(before).toNanos() / 1e6 / done));
    } finally {
      threads.shutdown();
    }
  }

  private long embed(
      Network network, ExecutorService threads, int callers, int cores, double seconds)
      throws Exception {
    List<Callable<Long>> calls =
        Collections.nCopies(callers, () -> embed(network, cores / callers, seconds));
    long done = 0;
    for (Future<Long> call : threads.invokeAll(calls)) {
      done += call.get();
    }
    return done;
  }

  private long embed(Network network, int cores, double seconds) {
    Engines.setThreads(Math.max(1, cores));
    List<byte[]> images = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < batch(); i++) {
      byte[] pixels = new byte[Fixture.SHAPE.size()];
      random.nextBytes(pixels);
      images.add(pixels);
    }
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < seconds * 1e9) {
      done += network.embed(images).size();
    }
    return done;
  }

  private static void obey() throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine();
        line != null && !line.equals("stop");
        line = commands.readLine()) {
      if (line.equals("heap")) {
        say("heap " + heap());
      }
    }
  }

  private static long heap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
