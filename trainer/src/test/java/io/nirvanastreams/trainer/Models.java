package io.nirvanastreams.trainer;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Provenance;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.trainer.publish.Publication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small models whose weights are never run. */
public final class Models {
  public static final String NAME = "clothes";
  public static final InputShape INPUT = new InputShape(1, 2, 2);

  private Models() {}

  public static AvroSerdes serdes(String scope) {
    return new AvroSerdes(
        Map.of(AvroSerdes.SCHEMA_REGISTRY_URL, "mock://" + scope, AvroSerdes.AUTO_REGISTER, true));
  }

  public static ModelSpec spec(int version, String... classes) {
    return new ModelSpec(NAME, version, "lenet-small", Map.of(), INPUT, List.of(classes), 4, 6.0);
  }

  public static OpenSetCalibration calibration(List<String> classes) {
    return new OpenSetCalibration(
        "c1",
        0.05,
        "conformal-class-conditional",
        "cosine",
        Map.of(),
        classes.stream()
            .map(label -> new ClassCalibration(label, new double[] {0.5}, new float[0][]))
            .toList());
  }

  public static ModelVersion version(int version, String... classes) {
    ModelSpec spec = spec(version, classes);
    ModelArtifact artifact = new ModelArtifact(Path.of("none"), spec, "hash", "sha", 1);
    return new ModelVersion(
        ManifestRecords.of(artifact, "folder:hash").build(),
        spec,
        spec.centres(),
        calibration(spec.classes()));
  }

  /** A version whose artifact is on disk. */
  public static Publication publication(Path root, ModelSpec spec, ModelVersion parent) {
    try {
      ModelArtifact artifact =
          ModelArtifacts.write(
              root, spec, Map.of("fc.weight", new Tensor(new float[] {1, 2}, new long[] {2})));
      return new Publication(
          artifact,
          calibration(spec.classes()),
          new Probe(
              List.of(new byte[INPUT.size()]),
              new float[1][spec.dimension()],
              Probe.DEFAULT_TOLERANCE),
          Provenance.newBuilder().setSeed(7).build(),
          Map.of("accuracy", 0.9),
          parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ModelCatalogue catalogue(List<ModelVersion> versions, Promotion... promotions) {
    return new ModelCatalogue(
        versions.stream().map(ModelVersion::manifest).toList(),
        versions.stream()
            .flatMap(one -> CentreRecords.toRecords(one.spec(), one.centres()).stream())
            .toList(),
        versions.stream()
            .map(
                one ->
                    CalibrationRecords.toRecord(
                        NAME, one.spec().version(), one.calibration(), Instant.EPOCH))
            .toList(),
        List.of(promotions));
  }

  public static Promotion live(int version, long effectiveFrom) {
    return Promotion.newBuilder()
        .setName(NAME)
        .setVersion(version)
        .setRole(ModelRole.LIVE)
        .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
        .build();
  }
}
