package io.nirvanastreams.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArtifactsTest {
  private static final ModelSpec SPEC =
      new ModelSpec(
          "clothes",
          3,
          "lenet-small",
          Map.of("hidden", "64", "channels", "16,32"),
          new InputShape(1, 28, 28),
          List.of("Sandal", "Größe \"L\""),
          32,
          6.5);
  private static final Map<String, Tensor> WEIGHTS =
      Map.of("w", new Tensor(new float[] {1, 2}, new long[] {2}));

  @TempDir Path root;

  @Test
  void shouldReadWhatItWrote() throws Exception {
    ModelArtifact written = ModelArtifacts.write(root, SPEC, WEIGHTS);

    assertThat(ModelArtifacts.read(written.folder())).isEqualTo(written);
    assertThat(written.spec()).isEqualTo(SPEC);
    assertThat(written.folder()).isEqualTo(root.resolve(written.contentHash()));
    assertThat(Safetensors.read(written.weights())).isEqualTo(WEIGHTS);
    assertThat(Files.size(written.weights())).isEqualTo(written.weightsSize());
  }

  @Test
  void shouldGiveTheSameFolderForTheSameModelAndLeaveNothingElse() throws IOException {
    ModelArtifact first = ModelArtifacts.write(root, SPEC, WEIGHTS);
    ModelArtifact second = ModelArtifacts.write(root, SPEC, WEIGHTS);

    assertThat(second).isEqualTo(first);
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries).containsExactly(first.folder());
    }
  }

  @Test
  void shouldRefuseChangedWeights() throws Exception {
    ModelArtifact artifact = ModelArtifacts.write(root, SPEC, WEIGHTS);
    byte[] weights = Files.readAllBytes(artifact.weights());
    weights[weights.length - 1] ^= 1;
    Files.write(artifact.weights(), weights);

    assertRefused(artifact.folder(), "which is not its name");
  }

  @Test
  void shouldRefuseWeightsThatChangedAfterTheArtifactWasRead() throws Exception {
    ModelArtifact artifact = ModelArtifacts.write(root, SPEC, WEIGHTS);
    assertThat(ModelArtifacts.weights(artifact)).isEqualTo(WEIGHTS);
    Tensor other = new Tensor(new float[] {1, 3}, new long[] {2});
    Files.write(artifact.weights(), Safetensors.write(Map.of("w", other)));

    assertThatThrownBy(() -> ModelArtifacts.weights(artifact))
        .isInstanceOf(BadModelException.class)
        .hasMessageContaining("not the file that was published");
  }

  @Test
  void shouldRefuseAChangedManifest() throws Exception {
    ModelArtifact artifact = ModelArtifacts.write(root, SPEC, WEIGHTS);
    Path manifest = artifact.folder().resolve(ModelArtifacts.MANIFEST);
    Files.writeString(manifest, Files.readString(manifest).replace("Sandal", "Bag"));

    assertRefused(artifact.folder(), "which is not its name");
  }

  @Test
  void shouldRefuseAMissingFile() throws Exception {
    ModelArtifact artifact = ModelArtifacts.write(root, SPEC, WEIGHTS);
    Files.delete(artifact.weights());

    assertRefused(artifact.folder(), "no model can be read");
    assertRefused(root.resolve("absent"), "no model can be read");
  }

  @Test
  void shouldRefuseAManifestOfOtherWeights() throws Exception {
    byte[] weights = Safetensors.write(WEIGHTS);
    byte[] manifest = Manifests.encode(SPEC, Hashes.sha256(new byte[0]), weights.length);

    assertRefused(folder(manifest, weights), "speaks of other weights");
  }

  @Test
  void shouldRefuseAManifestThatMakesNoSense() throws Exception {
    byte[] weights = Safetensors.write(WEIGHTS);
    String good =
        new String(
            Manifests.encode(SPEC, Hashes.sha256(weights), weights.length), StandardCharsets.UTF_8);

    assertRefused(folder(bytes(good.replace("6.5", "-6.5")), weights), "makes no sense");
    assertRefused(folder(bytes(good.replace(": 28", ": 0")), weights), "makes no sense");
    assertRefused(
        folder(bytes(good.replace("\"format\" : 1", "\"format\" : 2")), weights), "format");
    assertRefused(folder(bytes(good.substring(5)), weights), "no JSON");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A folder whose name is right, whatever is in it. */
  private Path folder(byte[] manifest, byte[] weights) throws IOException {
    byte[] length = ByteBuffer.allocate(8).putLong(manifest.length).array();
    Path folder = Files.createDirectories(root.resolve(Hashes.sha256(length, manifest, weights)));
    Files.write(folder.resolve(ModelArtifacts.MANIFEST), manifest);
    Files.write(folder.resolve(ModelArtifacts.WEIGHTS), weights);
    return folder;
  }

  private static void assertRefused(Path folder, String reason) {
    assertThatThrownBy(() -> ModelArtifacts.read(folder))
        .isInstanceOf(BadModelException.class)
        .hasMessageContaining(reason);
  }
}
