package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models that went are gone: real networks, each version loaded, verified, used and closed. The
 * short form; -Dnirvana.swaps=1000 is the long one.
 */
class SwapMemoryTest {
  private static final int SWAPS = Integer.getInteger("nirvana.swaps", 50);
  private static final int WARM = Math.min(50, SWAPS / 2);
  private static final double ALLOWED = 1.05;

  /** Turned round and round; two at a time are kept loaded. */
  private static final int VERSIONS = 5;

  private static final InputShape INPUT = new InputShape(1, 28, 28);
  private static final Map<String, String> OPTIONS = Map.of("hidden", "512");
  private static final EmbedderOptions CPU = EmbedderOptions.cpu();

  @TempDir private Path folder;
  private final ExecutorService loader = Executors.newSingleThreadExecutor();
  private final List<byte[]> images = Collections.nCopies(8, new byte[INPUT.size()]);
  private FolderBlobStore store;
  private LiveModels models;

  @AfterEach
  void stop() {
    models.close();
    loader.shutdownNow();
  }

  @Test
  void shouldNotGrowWithTheNumberOfSwaps() throws Exception {
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
            new Counters());
    for (int version = 1; version <= VERSIONS; version++) {
      publish(version);
    }
    List<Long> heap = new ArrayList<>();
    List<Long> resident = new ArrayList<>();

    for (int swap = 1; swap <= SWAPS; swap++) {
      int version = 1 + swap % VERSIONS;
      promote(version, swap);
      ServingModel model = models.choose(swap).join();
      assertThat(model.spec().version()).isEqualTo(version);
      models.used(model, 0);
      assertThat(model.embed(images)).hasSize(8);
      model.release();
      if (swap == WARM || (swap > WARM && swap % (SWAPS / 10) == 0)) {
        heap.add(usedHeap());
        resident.add(resident());
        System.out.printf(
            "after %d swaps: heap %.1f MB, resident %.1f MB%n",
            swap, heap.get(heap.size() - 1) / 1e6, resident.get(resident.size() - 1) / 1e6);
      }
    }

    assertThat(models.loadedVersions().size()).isLessThanOrEqualTo(2);
    assertThat(Collections.max(heap)).isLessThan((long) (heap.get(0) * ALLOWED));
    assertThat(Collections.max(resident)).isLessThan((long) (resident.get(0) * ALLOWED));
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
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setRole(ModelRole.LIVE)
            .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
            .build());
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
