package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.Vectors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Evidence put together by a test, sound unless the test breaks it. */
final class Given {
  final List<SentImage> images = new ArrayList<>();
  final List<SeenAnswer> answers = new ArrayList<>();
  final List<SeenAnswer> repeated = new ArrayList<>();
  final List<ModelManifest> manifests = new ArrayList<>();
  final List<ClassCentre> centres = new ArrayList<>();
  final List<Calibration> calibrations = new ArrayList<>();
  final List<Promotion> promotions = new ArrayList<>();
  final List<ModelEvent> events = new ArrayList<>();
  final Map<Integer, String> broken = new HashMap<>();
  final Set<Integer> interrupted = new HashSet<>();
  final List<String> halves = new ArrayList<>();

  Evidence evidence() {
    return new Evidence(
        images,
        answers,
        new ModelHistory(
            manifests, centres, calibrations, promotions, events, broken, interrupted, halves),
        repeated);
  }

  /** A sent image of a source. */
  SentImage image(String source, long sequence) {
    return image(source, sequence, "cat");
  }

  SentImage image(String source, long sequence, String truth) {
    SentImage image = new SentImage(source + "-" + sequence, source, sequence, truth, 0);
    images.add(image);
    return image;
  }

  /** A right answer by a version, at a record time. */
  Recognition answer(SentImage image, int version, long recordTime) {
    Recognition recognition = recognition(image, version, Outcome.KNOWN);
    answers.add(new SeenAnswer(recognition, 0, recordTime));
    return recognition;
  }

  void answer(SentImage image, int version, Outcome outcome) {
    answers.add(new SeenAnswer(recognition(image, version, outcome), 0, 0));
  }

  static Recognition recognition(SentImage image, int version, Outcome outcome) {
    return Recognition.newBuilder()
        .setEventId(image.eventId())
        .setSourceId(image.sourceId())
        .setOutcome(outcome)
        .setNearest(List.of(NearestClass.newBuilder().setLabel("cat").build()))
        .setModelVersion(version)
        .setWeightsSha256("weights-" + version)
        .setThresholdVersion("t")
        .build();
  }

  /** A whole version of these classes. */
  void version(int version, String... classes) {
    manifests.add(
        ModelManifest.newBuilder()
            .setName("m")
            .setVersion(version)
            .setClasses(List.of(classes))
            .setWeightsSha256("weights-" + version)
            .build());
    for (int index = 0; index < classes.length; index++) {
      centres.add(centre(version, classes[index], index, index + 0.5f));
    }
    calibrations.add(calibration(version, 0.05, 199, classes));
  }

  static ClassCentre centre(int version, String label, int vertex, float value) {
    return ClassCentre.newBuilder()
        .setModelName("m")
        .setModelVersion(version)
        .setLabel(label)
        .setVertexIndex(vertex)
        .setCoordinates(Vectors.pack(new float[] {value, -value}))
        .build();
  }

  static Calibration calibration(int version, double alpha, int scores, String... classes) {
    double[] ascending = IntStream.range(0, scores).asDoubleStream().toArray();
    return CalibrationRecords.toRecord(
        "m",
        version,
        new OpenSetCalibration(
            "t",
            alpha,
            "conformal-class-conditional",
            "cosine",
            Map.of(),
            Arrays.stream(classes)
                .map(label -> new ClassCalibration(label, ascending, new float[0][]))
                .toList()),
        Instant.EPOCH);
  }

  void promote(int version, long from) {
    promotions.add(
        Promotion.newBuilder()
            .setName("m")
            .setVersion(version)
            .setRole(ModelRole.LIVE)
            .setEffectiveFrom(Instant.ofEpochMilli(from))
            .build());
  }

  void refused(int version, String reason) {
    events.add(
        ModelEvent.newBuilder()
            .setName("m")
            .setVersion(version)
            .setKind(ModelEventKind.REFUSED)
            .setReason(reason)
            .build());
  }
}
