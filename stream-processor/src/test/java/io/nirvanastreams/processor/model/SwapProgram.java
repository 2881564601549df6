package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Swaps real networks, each version loaded, verified, used and closed, and prints what memory that
 * leaves. A process of its own, since its heap must have a fixed size: else the heap's own growth
 * hides what the engine holds.
 */
final class SwapProgram {
  /** Turned round and round; two at a time are kept loaded. */
  private static final int VERSIONS = 5;

  private static final InputShape INPUT = new InputShape(1, 28, 28);
  private static final Map<String, String> OPTIONS = Map.of("hidden", "512");
  private static final EmbedderOptions CPU = EmbedderOptions.cpu();

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path folder;
  private final ExecutorService loader = Executors.newSingleThreadExecutor();
  private final List<byte[]> images = Collections.nCopies(8, new byte[INPUT.size()]);
  private FolderBlobStore store;
  private LiveModels models;

  private SwapProgram(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs.
   *
   * @param arguments a folder, how many swaps, after how many it is warm
   */
  public static void main(String[] arguments) throws Exception {
    int swaps = Integer.parseInt(arguments[1]);
    new SwapProgram(Path.of(arguments[0])).run(swaps, Integer.parseInt(arguments[2]));
    System.exit(0);
  }

  private void run(int swaps, int warm) throws Exception {
    open();
    for (int version = 1; version <= VERSIONS; version++) {
      publish(version);
    }
    List<Double> first = new ArrayList<>();
    List<Double> usual = new ArrayList<>();
    for (int swap = 1; swap <= swaps; swap++) {
      int version = 1 + swap % VERSIONS;
      prepare(version);
      promote(version, swap);
      first.add(answer(version, swap));
      usual.add(answer(version, swap));
      if (swap == warm || (swap > warm && swap % (swaps / 10) == 0)) {
        closeNow();
        System.out.printf(
            Locale.ROOT,
            "swaps %d heap %d resident %d loaded %d first-ms %.2f usual-ms %.2f%n",
            swap,
            usedHeap(),
            resident(),
            models.loadedVersions().size(),
            median(first),
            median(usual));
      }
    }
  }

  /** What is measured must not depend on what waits to be closed. */
  private void closeNow() throws Exception {
    models.closeAfter(Duration.ZERO);
    loader.submit(() -> {}).get();
    models.closeAfter(PAUSE);
  }

  private void open() {
    store = new FolderBlobStore(folder.resolve("blobs"));
    models =
        new LiveModels(
            Samples.MODEL,
            new VerifiedModelSource(
                store,
                ModelTrust.UNSIGNED,
                (artifact, probe) -> EmbedderNetwork.load(artifact, CPU, probe),
                8),
            loader,
            Duration.ofSeconds(60),
            new ModelEvents(Samples.MODEL, "test", event -> {}, Clock.systemUTC()),
            new Counters(),
            Retention.ALL);
    models.closeAfter(PAUSE);
  }

  /** As a promotion does it: loaded and warm before it is live. */
  private void prepare(int version) throws Exception {
    models.promotion(
        ModelKeys.version(Samples.MODEL, version) + "/prepared",
        promotion(version, ModelRole.PREPARED, Instant.EPOCH));
    // The loader has one thread, so that what it was given before is done after this.
    loader.submit(() -> {}).get();
    if (!models.loadedVersions().contains(version)) {
      throw new IllegalStateException("not loaded: " + models.refused());
    }
  }

  private double answer(int version, long time) {
    long start = System.nanoTime();
    ServingModel model = models.choose("door", time).join();
    if (model.spec().version() != version) {
      throw new IllegalStateException("version " + model.spec().version() + " answers");
    }
    models.used(model, 0);
    var unused = model.embed(images);
    model.release();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private void publish(int version) throws Exception {
    ModelSpec spec =
        new ModelSpec(
            Samples.MODEL, version, "lenet-small", OPTIONS, INPUT, Samples.CLASSES, 32, 6);
    ModelArtifact artifact =
        ModelArtifacts.write(
            folder.resolve("built"),
            spec,
            Weights.draw(Networks.byName("lenet-small", OPTIONS, INPUT, 32), version));
    Probe probe;
    try (Embedder embedder = Embedder.load(artifact, CPU)) {
      probe =
          new Probe(
              images.subList(0, 2),
              embedder.embed(images.subList(0, 2)).stream()
                  .map(Embedding::feature)
                  .toArray(float[][]::new),
              1e-3);
    }
    for (ClassCentre centre : CentreRecords.toRecords(spec, spec.centres())) {
      models.centre(ModelKeys.centre(Samples.MODEL, version, centre.getLabel()), centre);
    }
    OpenSetCalibration calibration = Samples.calibration("t" + version);
    String key = ModelKeys.version(Samples.MODEL, version);
    models.calibration(
        key, CalibrationRecords.toRecord(Samples.MODEL, version, calibration, Instant.EPOCH));
    models.manifest(
        key,
        ManifestRecords.of(artifact, store.put(artifact.folder(), artifact.contentHash()))
            .setProbe(probe.toRecord())
            .build());
  }

  private void promote(int version, long effectiveFrom) {
    models.promotion(
        ModelKeys.version(Samples.MODEL, version),
        promotion(version, ModelRole.LIVE, Instant.ofEpochMilli(effectiveFrom)));
    models.promotion(ModelKeys.version(Samples.MODEL, version) + "/prepared", null);
  }

  private static Promotion promotion(int version, ModelRole role, Instant effectiveFrom) {
    return Promotion.newBuilder()
        .setName(Samples.MODEL)
        .setVersion(version)
        .setRole(role)
        .setEffectiveFrom(effectiveFrom)
        .setDecidedAt(Instant.now())
        .build();
  }

  /** What cleaners let go in one collection is free after the next. */
  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int collection = 0; collection < 3; collection++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
