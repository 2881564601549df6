package io.nirvanastreams.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.openset.calibration.Calibrator;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.calibration.OpenSetClassifier;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.score.KnownImages;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversionsTest {
  private final ModelSpec spec = Samples.spec(1, "shirt", "bag");

  @Test
  void shouldKeepACalibrationBitForBit() {
    OpenSetCalibration written = Samples.calibration("shirt", "bag");

    Calibration record =
        CalibrationRecords.toRecord("clothes", 3, written, Instant.ofEpochMilli(5));
    OpenSetCalibration read = CalibrationRecords.toDomain(record);

    assertThat(record.getModelVersion()).isEqualTo(3);
    assertThat(record.getEmbeddingDimension()).isEqualTo(2);
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
  }

  @Test
  void shouldJudgeFromTheRecordAsFromTheFit() {
    Random random = new Random(1);
    float[][] centres = Simplex.of(6, 5).first(3);
    KnownImages images = images(random, centres, 90);
    for (String method : DecisionRules.names()) {
      OpenSetCalibration fitted =
          Calibrator.fit(
              "c1",
              0.1,
              method,
              "relative-mahalanobis",
              Map.of("tail-size", 10.0),
              List.of("a", "b", "c"),
              centres,
              images(random, centres, 90),
              images,
              List.of(new float[0][], new float[0][], new float[0][]));

      OpenSetCalibration read =
          CalibrationRecords.toDomain(
              CalibrationRecords.toRecord("clothes", 3, fitted, Instant.EPOCH));

      assertThat(read).isEqualTo(fitted);
      OpenSetClassifier one = new OpenSetClassifier(centres, fitted);
      OpenSetClassifier two = new OpenSetClassifier(centres, read);
      for (float[] image : images.features()) {
        assertThat(two.judge(image, image).decision())
            .isEqualTo(one.judge(image, image).decision());
        assertThat(two.judge(image, image).score()).isEqualTo(one.judge(image, image).score());
      }
    }
  }

  private static KnownImages images(Random random, float[][] centres, int count) {
    float[][] rows = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % centres.length;
      rows[i] = centres[labels[i]].clone();
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] += (float) random.nextGaussian();
      }
    }
    return new KnownImages(rows, rows, labels, centres.length);
  }

  @Test
  void shouldKeepWhatAModelIs() {
    ModelManifest manifest = Samples.manifest(spec);

    assertThat(ManifestRecords.toSpec(manifest)).isEqualTo(spec);
    assertThat(manifest.getWeightsUri()).isEqualTo("folder:abc");
    assertThat(manifest.getWeightsSha256()).isEqualTo("def");
    assertThat(manifest.getWeightsSize()).isEqualTo(123);
    assertThat(ManifestRecords.probe(manifest)).isEmpty();
  }

  @Test
  void shouldRefuseAManifestOfAnImpossibleModel() {
    ModelManifest manifest = Samples.manifest(spec);
    manifest.setInputChannels(2);

    assertThatThrownBy(() -> ManifestRecords.toSpec(manifest))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("clothes/1");
  }

  @Test
  void shouldKeepCentresInVertexOrderWhateverTheOrderOfTheRecords() {
    float[][] centres = spec.centres();
    List<ClassCentre> records = new ArrayList<>(CentreRecords.toRecords(spec, centres));
    Collections.reverse(records);

    assertThat(CentreRecords.toDomain(spec, records)).isDeepEqualTo(centres);
  }

  @Test
  void shouldRefuseCentresThatAreNotTheModels() {
    List<ClassCentre> records = CentreRecords.toRecords(spec, spec.centres());

    assertThatThrownBy(() -> CentreRecords.toDomain(spec, records.subList(0, 1)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("bag");

    records.get(0).setVertexIndex(1);
    assertThatThrownBy(() -> CentreRecords.toDomain(spec, records))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("shirt");
  }

  @Test
  void shouldPassOverCentresThatAKilledTrainerLeftBehind() {
    ModelSpec abandoned = Samples.spec(1, "shirt", "coat");
    List<ClassCentre> records =
        new ArrayList<>(CentreRecords.toRecords(abandoned, abandoned.centres()));
    records.addAll(CentreRecords.toRecords(spec, spec.centres()));

    assertThat(CentreRecords.toDomain(spec, records)).isDeepEqualTo(spec.centres());
  }

  @Test
  void shouldKeepAProbeAndMeasureItsDifference() {
    Probe probe =
        new Probe(
            List.of(new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8}),
            new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}},
            Probe.DEFAULT_TOLERANCE);

    Probe read = Probe.of(probe.toRecord(), spec.input(), spec.dimension());

    assertThat(read.inputs().get(1)).containsExactly(5, 6, 7, 8);
    assertThat(read.largestDifference(probe.features())).isZero();
    assertThat(read.largestDifference(new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8.5f}}))
        .isEqualTo(0.5);
    assertThat(read.largestDifference(new float[][] {{1, 2, 3, Float.NaN}, {5, 6, 7, 8}}))
        .isInfinite();
    assertThat(read.largestDifference(new float[][] {{1, 2, 3, 4}})).isInfinite();
  }

  @Test
  void shouldRefuseAProbeOfAnotherShape() {
    Probe probe = new Probe(List.of(new byte[3]), new float[][] {{1, 2, 3, 4}}, 0.1);

    assertThatThrownBy(() -> Probe.of(probe.toRecord(), spec.input(), spec.dimension()))
        .isInstanceOf(BadRecordException.class);
  }
}
