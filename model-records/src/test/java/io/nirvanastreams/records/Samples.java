package io.nirvanastreams.records;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A small model for the tests of this package. */
final class Samples {
  private Samples() {}

  static ModelSpec spec(int version, String... classes) {
    return new ModelSpec(
        "clothes",
        version,
        "lenet-small",
        Map.of("hidden", "64"),
        new InputShape(1, 2, 2),
        List.of(classes),
        4,
        6.0);
  }

  static ModelManifest manifest(ModelSpec spec) {
    return ManifestRecords.of(
            new ModelArtifact(Path.of("models", "abc"), spec, "abc", "def", 123), "folder:abc")
        .build();
  }

  static OpenSetCalibration calibration(String... classes) {
    return new OpenSetCalibration(
        "c1",
        0.05,
        "conformal-class-conditional",
        "nearest-neighbour",
        Map.of("k", 1.0),
        java.util.Arrays.stream(classes)
            .map(
                label ->
                    new ClassCalibration(
                        label, new double[] {0.1, 0.25}, new float[][] {{0.6f, 0.8f}, {1f, 0f}}))
            .toList());
  }

  static Promotion live(int version, long effectiveFrom) {
    return Promotion.newBuilder()
        .setName("clothes")
        .setVersion(version)
        .setRole(ModelRole.LIVE)
        .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
        .build();
  }
}
