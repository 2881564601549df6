package io.nirvanastreams.records.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ProbeBatch;
import io.nirvanastreams.schemas.Provenance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {
  /** Not part of what is signed: the weights may move. */
  private static final Set<String> FREE = Set.of("weightsUri");

  @TempDir Path folder;
  private SigningKey key;
  private TrustedKeys trusted;

  @BeforeEach
  void makeKeys() throws IOException {
    key = SigningKey.generate(folder.resolve("private.pem"), folder.resolve("trusted.pem"));
    trusted = TrustedKeys.read(folder.resolve("trusted.pem"));
  }

  @Test
  void shouldTrustWhatATrustedKeySigned() {
    assertThat(trusted.trust(key.sign(manifest()))).isTrue();
    assertThat(trusted.trust(manifest())).isFalse();
  }

  @Test
  void shouldNotTrustAnotherKeyUntilItIsInTheFile() throws IOException {
    SigningKey other =
        SigningKey.generate(folder.resolve("other.pem"), folder.resolve("other-public.pem"));
    ModelManifest signed = other.sign(manifest());
    assertThat(trusted.trust(signed)).isFalse();

    Files.writeString(
        folder.resolve("trusted.pem"),
        "the other one\n" + Files.readString(folder.resolve("other-public.pem")),
        StandardOpenOption.APPEND);

    assertThat(TrustedKeys.read(folder.resolve("trusted.pem")).trust(signed)).isTrue();
  }

  @Test
  void shouldSeeEveryChangeOfEveryField() {
    for (Schema.Field field : ModelManifest.getClassSchema().getFields()) {
      ModelManifest changed = key.sign(manifest());
      changed.put(field.pos(), other(changed.get(field.pos())));

      assertThat(trusted.trust(changed)).as(field.name()).isEqualTo(FREE.contains(field.name()));
    }
  }

  @Test
  void shouldSeeChangesInsideProbeAndProvenance() {
    for (Schema.Field field : Provenance.getClassSchema().getFields()) {
      ModelManifest changed = key.sign(manifest());
      Provenance provenance = changed.getProvenance();
      provenance.put(field.pos(), other(provenance.get(field.pos())));
      assertThat(trusted.trust(changed)).as(field.name()).isFalse();
    }
    for (Schema.Field field : ProbeBatch.getClassSchema().getFields()) {
      ModelManifest changed = key.sign(manifest());
      ProbeBatch probe = changed.getProbe();
      probe.put(field.pos(), other(probe.get(field.pos())));
      assertThat(trusted.trust(changed)).as(field.name()).isFalse();
    }
  }

  @Test
  void shouldNotDependOnTheOrderOfMapsNorChangeBetweenReleases() throws Exception {
    ModelManifest one = manifest();
    Map<String, Double> turned = new LinkedHashMap<>();
    turned.put("b", 2.0);
    turned.put("a", 1.0);
    ModelManifest other = manifest();
    other.setMeasures(turned);

    assertThat(ManifestBytes.of(one)).isEqualTo(ManifestBytes.of(other));
    // Manifests that were signed by earlier releases must stay right.
    assertThat(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256").digest(ManifestBytes.of(manifest()))))
        .isEqualTo("fdd5d97f1eb5d74749e94f90318e868e708cefa236c14cea9763a7ee582ff4cb");
  }

  @Test
  void shouldKeepThePrivateKeyFromOthersAndNeverReplaceIt() throws IOException {
    Path file = folder.resolve("private.pem");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> SigningKey.generate(file, folder.resolve("trusted.pem")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(trusted.trust(SigningKey.read(file).sign(manifest()))).isTrue();
  }

  @Test
  void shouldSayWhatIsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "nothing");

    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("models keygen");
    assertThatThrownBy(() -> TrustedKeys.read(file)).hasMessageContaining("no public key");
  }

  private static Object other(Object value) {
    if (value instanceof String text) {
      return text + "x";
    } else if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Double number) {
      return Math.nextUp(number);
    } else if (value instanceof Instant time) {
      return time.plusMillis(1);
    } else if (value instanceof List<?> list) {
      return List.of(list.get(0) + "x", list.get(1));
    } else if (value instanceof Map<?, ?>) {
      return Map.of();
    } else if (value instanceof ByteBuffer bytes) {
      return ByteBuffer.wrap(new byte[bytes.remaining()]);
    }
    return null;
  }

  private static ModelManifest manifest() {
    return ModelManifest.newBuilder()
        .setName("clothes")
        .setVersion(3)
        .setArchitecture("lenet")
        .setArchitectureOptions(Map.of("hidden", "64"))
        .setInputChannels(1)
        .setInputHeight(28)
        .setInputWidth(27)
        .setClasses(List.of("bag", "tröja"))
        .setDimension(5)
        .setExpand(6.5)
        .setWeightsUri("folder:abc")
        .setWeightsSha256("ab".repeat(32))
        .setWeightsSize(99)
        .setParentVersion(2)
        .setProvenance(
            Provenance.newBuilder()
                .setDataSha256("cd")
                .setTrainingImages(7)
                .setSeed(1)
                .setRecipe(Map.of("epochs", "1"))
                .setSoftware(Map.of("java", "17"))
                .setTrainedAt(Instant.ofEpochMilli(5))
                .setDurationMillis(6)
                .build())
        .setMeasures(new LinkedHashMap<>(Map.of("a", 1.0, "b", 2.0)))
        .setProbe(
            ProbeBatch.newBuilder()
                .setCount(1)
                .setInputs(ByteBuffer.wrap("pixels".getBytes(StandardCharsets.UTF_8)))
                .setFeatures(ByteBuffer.wrap("features".getBytes(StandardCharsets.UTF_8)))
                .setTolerance(1e-3)
                .build())
        .setCreatedAt(Instant.ofEpochMilli(4))
        .build();
  }
}
