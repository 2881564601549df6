package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.records.signature.SigningKey;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.ProbeBatch;
import io.nirvanastreams.schemas.Promotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A model version on its way to the topics, to be spoiled at any point. */
final class Draft {
  ModelSpec spec;
  float weight = 1;
  byte[] foreignWeights;
  SigningKey key;
  Consumer<ModelManifest> beforeSigning = manifest -> {};
  Consumer<ModelManifest> afterSigning = manifest -> {};
  Consumer<List<ClassCentre>> centres = all -> {};

  Draft(int version, SigningKey key) {
    this.spec = Samples.spec(version);
    this.key = key;
  }

  void spec(String architecture, List<String> classes, int dimension, double expand) {
    spec =
        new ModelSpec(
            spec.name(),
            spec.version(),
            architecture,
            Map.of(),
            spec.input(),
            classes,
            dimension,
            expand);
  }

  /** Stores the weights, then tells all of it, as a publisher and a promotion would. */
  void declare(LiveModels models, BlobStore store, Path work, long effectiveFrom) {
    String key = ModelKeys.version(spec.name(), spec.version());
    List<ClassCentre> all = CentreRecords.toRecords(spec, spec.centres());
    centres.accept(all);
    for (ClassCentre one : all) {
      models.centre(ModelKeys.centre(spec.name(), spec.version(), one.getLabel()), one);
    }
    models.calibration(key, calibration());
    models.manifest(key, manifest(store, work));
    models.promotion(key, promotion(ModelRole.LIVE, effectiveFrom));
  }

  Promotion promotion(ModelRole role, long effectiveFrom) {
    return Promotion.newBuilder()
        .setName(spec.name())
        .setVersion(spec.version())
        .setRole(role)
        .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
        .setDecidedAt(Instant.now())
        .build();
  }

  private Calibration calibration() {
    OpenSetCalibration base = Samples.calibration("t" + spec.version());
    double[] scores = base.classes().get(0).scores();
    return CalibrationRecords.toRecord(
        spec.name(),
        spec.version(),
        new OpenSetCalibration(
            base.version(),
            base.alpha(),
            base.method(),
            base.score(),
            Map.of(),
            spec.classes().stream()
                .map(label -> new ClassCalibration(label, scores, new float[0][]))
                .toList()),
        Instant.EPOCH);
  }

  private ModelManifest manifest(BlobStore store, Path work) {
    try {
      ModelArtifact artifact =
          ModelArtifacts.write(
              work, spec, Map.of("w", new Tensor(new float[] {weight}, new long[] {1})));
      Path folder = foreignWeights == null ? artifact.folder() : foreign(artifact, work);
      String uri = store.put(folder, String.valueOf(folder.getFileName()));
      ModelManifest manifest = ManifestRecords.of(artifact, uri).setProbe(probe(false)).build();
      if (foreignWeights != null) {
        manifest.setWeightsSha256(sha256(foreignWeights));
        manifest.setWeightsSize(foreignWeights.length);
      }
      beforeSigning.accept(manifest);
      ModelManifest signed = key == null ? manifest : key.sign(manifest);
      afterSigning.accept(signed);
      return signed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder whose hashes are all right, but whose weights are a file of another kind. */
  private Path foreign(ModelArtifact artifact, Path work) throws IOException {
    String manifest =
        Files.readString(artifact.folder().resolve(ModelArtifacts.MANIFEST))
            .replace(artifact.weightsSha256(), sha256(foreignWeights))
            .replace(
                "\"weightsSize\" : " + artifact.weightsSize(),
                "\"weightsSize\" : " + foreignWeights.length);
    byte[] text = manifest.getBytes(StandardCharsets.UTF_8);
    byte[] length = ByteBuffer.allocate(Long.BYTES).putLong(text.length).array();
    Path folder = Files.createDirectories(work.resolve(sha256(length, text, foreignWeights)));
    Files.write(folder.resolve(ModelArtifacts.MANIFEST), text);
    Files.write(folder.resolve(ModelArtifacts.WEIGHTS), foreignWeights);
    return folder;
  }

  /** What the fake network gives for a ball and a cube; or the two exchanged. */
  static ProbeBatch probe(boolean exchanged) {
    int first = exchanged ? Samples.CUBE : Samples.BALL;
    int second = exchanged ? Samples.BALL : Samples.CUBE;
    return new Probe(
            List.of(new byte[] {(byte) first}, new byte[] {(byte) second}),
            new float[][] {
              Samples.embedding((byte) Samples.BALL).feature(),
              Samples.embedding((byte) Samples.CUBE).feature()
            },
            1e-3)
        .toRecord();
  }

  private static String sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
