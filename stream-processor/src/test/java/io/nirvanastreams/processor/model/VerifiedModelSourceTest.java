package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedModelSourceTest {
  @TempDir private Path folder;
  private final FakeNetwork network = new FakeNetwork();
  private FolderBlobStore store;
  private VerifiedModelSource source;

  @BeforeEach
  void open() {
    store = new FolderBlobStore(folder.resolve("blobs"));
    source = new VerifiedModelSource(store, ModelTrust.UNSIGNED, (artifact, probe) -> network, 4);
  }

  @Test
  void shouldLoadAndWarmAVersionThatIsWhatItSays() throws Exception {
    ServingModel model = source.load(version(Samples.spec(1), 1f));

    assertThat(model.servedBy().modelVersion()).isEqualTo(1);
    assertThat(network.batches).containsExactly(2, 1, 2, 4);
  }

  @Test
  void shouldRefuseWeightsWithAnotherHash() throws Exception {
    ModelVersion version = version(Samples.spec(1), 1f);
    version.manifest().setWeightsSha256("0".repeat(64));

    assertRefused(version, "SHA-256");
  }

  @Test
  void shouldRefuseWeightsThatChangedOnDisk() throws Exception {
    ModelVersion version = version(Samples.spec(1), 1f);
    Path weights = store.fetch(version.manifest().getWeightsUri()).resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    weights.toFile().setWritable(true);
    Files.write(weights, bytes);

    assertThatThrownBy(() -> source.load(version)).isInstanceOf(BadModelException.class);
  }

  @Test
  void shouldRefuseWeightsOfAnotherSize() throws Exception {
    ModelVersion version = version(Samples.spec(1), 1f);
    version.manifest().setWeightsSize(7);

    assertRefused(version, "the manifest says 7");
  }

  @Test
  void shouldRefuseWeightsThatAreMissing() throws Exception {
    ModelVersion version = version(Samples.spec(1), 1f);
    version.manifest().setWeightsUri("folder:nowhere");

    assertRefused(version, "nowhere");
  }

  @Test
  void shouldRefuseAnotherDimension() throws Exception {
    ModelSpec published = Samples.spec(1);
    ModelSpec said =
        new ModelSpec(
            published.name(),
            1,
            published.architecture(),
            Map.of(),
            published.input(),
            published.classes(),
            3,
            published.expand());
    ModelVersion version = version(published, 1f);

    assertRefused(
        new ModelVersion(version.manifest(), said, said.centres(), version.calibration()),
        "dimension");
  }

  @Test
  void shouldRefuseAnUnknownArchitecture() throws Exception {
    ModelSpec spec = Samples.spec(1);
    ModelSpec unknown =
        new ModelSpec(
            spec.name(),
            1,
            "perceptron",
            Map.of(),
            spec.input(),
            spec.classes(),
            spec.dimension(),
            spec.expand());

    assertRefused(version(unknown, 1f), "perceptron");
  }

  @Test
  void shouldRefuseWeightsThatAreNoNumbers() throws Exception {
    assertRefused(version(Samples.spec(1), Float.NaN), "NaN");
  }

  @Test
  void shouldRefuseACentreThatMovedByOneBit() throws Exception {
    ModelVersion version = version(Samples.spec(1), 1f);
    version.centres()[1][0] = Math.nextUp(version.centres()[1][0]);

    assertRefused(version, "the centre of 'cube'");
  }

  @Test
  void shouldRefuseAModelThatComputesSomethingElse() throws Exception {
    ModelVersion version = version(Samples.spec(1), 1f);
    version.manifest().setProbe(probe(Samples.CUBE, Samples.BALL));

    assertRefused(version, "probe");
    assertThat(network.closed).isTrue();
  }

  @Test
  void shouldTryTheNetworkWithTheProbeAndAllowItsRounding() throws Exception {
    List<byte[]> tried = new ArrayList<>();
    source =
        new VerifiedModelSource(
            store,
            ModelTrust.UNSIGNED,
            (artifact, probe) -> {
              tried.addAll(probe);
              return network;
            },
            4);
    ModelVersion version = version(Samples.spec(1), 1f);
    version.manifest().setProbe(probe(Samples.CUBE, Samples.BALL));
    assertRefused(version, "probe");

    network.rounding = 100;

    assertThat(source.load(version).servedBy().modelVersion()).isEqualTo(1);
    assertThat(tried).hasSize(4);
  }

  @Test
  void shouldRefuseAModelWithoutAProbe() throws Exception {
    ModelVersion version = version(Samples.spec(1), 1f);
    version.manifest().setProbe(null);

    assertRefused(version, "probe");
  }

  private void assertRefused(ModelVersion version, String reason) {
    assertThatThrownBy(() -> source.load(version))
        .isInstanceOf(BadModelException.class)
        .hasMessageContaining(reason);
  }

  private ModelVersion version(ModelSpec spec, float weight) throws IOException {
    ModelArtifact artifact =
        ModelArtifacts.write(
            folder.resolve("built"),
            spec,
            Map.of("w", new Tensor(new float[] {weight}, new long[] {1})));
    ModelManifest manifest =
        ManifestRecords.of(artifact, store.put(artifact.folder(), artifact.contentHash()))
            .setProbe(probe(Samples.BALL, Samples.CUBE))
            .build();
    return new ModelVersion(manifest, spec, Samples.centres(), Samples.calibration("t1"));
  }

  /** Says that these two pixels give the features of a ball and a cube. */
  private static io.nirvanastreams.schemas.ProbeBatch probe(int first, int second) {
    List<Embedding> features =
        List.of(Samples.embedding((byte) Samples.BALL), Samples.embedding((byte) Samples.CUBE));
    return new Probe(
            List.of(new byte[] {(byte) first}, new byte[] {(byte) second}),
            features.stream().map(Embedding::feature).toArray(float[][]::new),
            1e-3)
        .toRecord();
  }
}
