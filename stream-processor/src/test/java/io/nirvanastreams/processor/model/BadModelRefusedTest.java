package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.signature.SigningKey;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BadModelRefused: whatever is wrong with a version, the old one goes on and an event says why. */
class BadModelRefusedTest {
  @TempDir private Path folder;
  private final List<ModelEvent> events = new CopyOnWriteArrayList<>();
  private SigningKey key;
  private FolderBlobStore store;
  private LiveModels models;

  @BeforeEach
  void start() throws IOException {
    Path trusted = folder.resolve("trusted.pem");
    key = SigningKey.generate(folder.resolve("key.pem"), trusted);
    store = new FolderBlobStore(folder.resolve("blobs"));
    models = models(new ModelTrust(trusted, false));
    new Draft(1, key).declare(models, store, folder.resolve("built"), 1_000);
  }

  static Stream<Arguments> spoiled() {
    return Stream.of(
        bad("size", "the manifest says 7", d -> d.beforeSigning = m -> m.setWeightsSize(7)),
        bad("hash", "SHA-256", d -> d.beforeSigning = m -> m.setWeightsSha256("0".repeat(64))),
        bad("absent", "cannot be had", d -> d.beforeSigning = m -> m.setWeightsUri("folder:none")),
        bad("unsigned", "is not signed", d -> d.key = null),
        bad("signed by a stranger", "none of the trusted keys", d -> d.key = stranger()),
        bad("changed", "changed since", d -> d.afterSigning = m -> m.getMeasures().put("a", 1.0)),
        bad(
            "no signature at all",
            "none of the trusted keys",
            d -> d.afterSigning = m -> m.setSignature(ByteBuffer.allocate(3))),
        bad("architecture", "'gpt' is unknown", d -> d.spec("gpt", Samples.CLASSES, 2, 6)),
        bad("dimension", "the dimension 2", d -> d.spec("classifier32", Samples.CLASSES, 3, 6)),
        bad("radius", "the radius 6.0", d -> d.spec("classifier32", Samples.CLASSES, 2, 7)),
        bad(
            "order",
            "[ball, cube] on their vertices, this one [cube, ball]",
            d -> d.spec("classifier32", List.of("cube", "ball"), 2, 6)),
        bad(
            "a class gone",
            "this one [ball, cone, cube]",
            d -> d.spec("classifier32", List.of("ball", "cone", "cube"), 2, 6)),
        bad("NaN", "NaN", d -> d.weight = Float.NaN),
        bad("infinite", "NaN or infinite", d -> d.weight = Float.NEGATIVE_INFINITY),
        bad(
            "probe",
            "probe batch gives",
            d -> d.beforeSigning = m -> m.setProbe(Draft.probe(true))),
        bad("no probe", "no probe batch", d -> d.beforeSigning = m -> m.setProbe(null)),
        bad("pickle", "Python pickle", d -> d.foreignWeights = new byte[] {(byte) 0x80, 4, '.'}),
        bad("zip", "zip of pickles", d -> d.foreignWeights = zip("m/data.pkl", "m/data/0")),
        bad("TorchScript", "TorchScript", d -> d.foreignWeights = zip("m/code/x.py")),
        bad(
            "garbage",
            "header's size",
            d -> d.foreignWeights = "weights of gold".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoiled")
  void shouldGoOnWithTheOldModel(String name, String reason, Consumer<Draft> spoil) {
    assertThat(versionAt(3_000)).isEqualTo(1);
    Draft draft = new Draft(2, key);
    spoil.accept(draft);

    draft.declare(models, store, folder.resolve("built"), 2_000);

    assertThat(versionAt(3_000)).isEqualTo(1);
    assertThat(models.loadedVersions()).containsExactly(1);
    assertThat(events)
        .extracting(ModelEvent::getKind)
        .containsExactly(ModelEventKind.LOADED, ModelEventKind.REFUSED);
    assertThat(events.get(1).getVersion()).isEqualTo(2);
    assertThat(events.get(1).getReason()).contains(reason);
  }

  @Test
  void shouldTakeAVersionThatIsRight() {
    new Draft(2, key).declare(models, store, folder.resolve("built"), 2_000);

    assertThat(versionAt(3_000)).isEqualTo(2);
  }

  @Test
  void shouldTakeClassesThatAreAppended() {
    Draft draft = new Draft(2, key);
    draft.spec("classifier32", List.of("ball", "cube", "cone"), 2, 6);

    draft.declare(models, store, folder.resolve("built"), 2_000);

    assertThat(versionAt(3_000)).isEqualTo(2);
  }

  @Test
  void shouldTakeUnsignedModelsOnlyWhereTheyAreAllowed() {
    models = models(new ModelTrust(folder.resolve("trusted.pem"), true));
    new Draft(1, null).declare(models, store, folder.resolve("built"), 1_000);
    new Draft(2, stranger()).declare(models, store, folder.resolve("built"), 2_000);
    assertThat(versionAt(3_000)).as("a wrong signature is worse than none").isEqualTo(1);

    models = models(new ModelTrust(folder.resolve("no such file"), false));
    new Draft(1, key).declare(models, store, folder.resolve("built"), 1_000);
    assertThat(models.refused().get(1)).contains("there is no file");
  }

  private static Arguments bad(String name, String reason, Consumer<Draft> spoil) {
    return Arguments.of(name, reason, spoil);
  }

  private static SigningKey stranger() {
    try {
      Path folder = Files.createTempDirectory("stranger");
      return SigningKey.generate(folder.resolve("key.pem"), folder.resolve("key.pub"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(String... names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private int versionAt(long time) {
    ServingModel model = models.choose("door", time).join();
    model.release();
    return model.spec().version();
  }

  private LiveModels models(ModelTrust trust) {
    return new LiveModels(
        Samples.MODEL,
        new VerifiedModelSource(store, trust, (artifact, probe) -> new FakeNetwork(), 4),
        Runnable::run,
        Duration.ofSeconds(20),
        new ModelEvents(Samples.MODEL, "test", events::add, Clock.systemUTC()),
        new Counters(),
        Retention.ALL);
  }
}
