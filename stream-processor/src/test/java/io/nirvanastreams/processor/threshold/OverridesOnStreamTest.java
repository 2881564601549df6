package io.nirvanastreams.processor.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.TestTopology;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.ThresholdOverride;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The unknown image has p-value 1/81 among all calibration scores: at 0.01 it is known. */
@Timeout(60)
class OverridesOnStreamTest {
  private static final double LENIENT = 0.01;

  @TempDir private Path folder;
  private TestTopology topology;

  @BeforeEach
  void open() {
    topology = new TestTopology(folder, Map.of());
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void shouldAnswerByTheCalibrationWithoutAnOverride() {
    Recognition answer = topology.answer("a", Samples.UNKNOWN, 5_000);

    assertThat(answer.getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(answer.getAlpha()).isEqualTo(0.05);
    assertThat(answer.getOverrideId()).isEmpty();
    assertThat(answer.getAlarm()).isNull();
    assertThat(answer.getConsensusOutcome()).isEqualTo(Outcome.UNSPECIFIED);
  }

  @Test
  void shouldHoldFromItsRecordTimeOnWhateverTheOrder() {
    send(override("o1").setSourceId("camera").setAlpha(LENIENT).setEffectiveFrom(at(6_000)));

    Recognition late = topology.answer("late", Samples.UNKNOWN, 6_000);
    Recognition early = topology.answer("early", Samples.UNKNOWN, 5_999);

    assertThat(late.getOutcome()).isEqualTo(Outcome.KNOWN);
    assertThat(late.getOverrideId()).isEqualTo("o1");
    assertThat(late.getAlpha()).isEqualTo(LENIENT);
    assertThat(late.getThresholdVersion()).isEqualTo("t1");
    assertThat(early.getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(early.getOverrideId()).isEmpty();
  }

  @Test
  void shouldLeaveOtherSourcesAlone() {
    send(override("o1").setSourceId("camera").setAlpha(LENIENT));
    ImageEvent other = Samples.event("b", Samples.UNKNOWN);
    other.setSourceId("gate");

    assertThat(topology.answer(other, 5_000).getOutcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void shouldTakeTheMostSpecific() {
    String nearest = topology.answer("a", Samples.UNKNOWN, 5_000).getNearest().get(0).getLabel();
    send(override("all").setAlpha(0.2));
    assertThat(topology.answer("b", Samples.UNKNOWN, 5_000).getOverrideId()).isEqualTo("all");
    send(override("class").setClassName(nearest).setAlpha(0.3));
    assertThat(topology.answer("c", Samples.UNKNOWN, 5_000).getOverrideId()).isEqualTo("class");
    send(override("source").setSourceId("camera").setAlpha(0.4));
    assertThat(topology.answer("d", Samples.UNKNOWN, 5_000).getOverrideId()).isEqualTo("source");
    send(override("both").setSourceId("camera").setClassName(nearest).setAlpha(LENIENT));
    assertThat(topology.answer("e", Samples.UNKNOWN, 5_000).getOverrideId()).isEqualTo("both");
  }

  @Test
  void shouldGiveBackToWhatIsLessSpecificWhenUnset() {
    send(override("o1").setSourceId("camera").setAlpha(LENIENT));
    send(override("o2").setSourceId("camera").setEffectiveFrom(at(7_000)));

    assertThat(topology.answer("a", Samples.UNKNOWN, 6_999).getOverrideId()).isEqualTo("o1");
    assertThat(topology.answer("b", Samples.UNKNOWN, 7_000).getOutcome())
        .isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void shouldRefuseABadOneWithAReasonAndKeepTheOldOne() {
    send(override("o1").setSourceId("camera").setAlpha(LENIENT));
    send(override("o2").setSourceId("camera").setAlpha(1.5));

    assertThat(topology.answer("a", Samples.UNKNOWN, 5_000).getOverrideId()).isEqualTo("o1");
    assertThat(topology.refused)
        .containsExactly(
            "override 'o2': alpha must lie between 0 and 1, was 1.5; the thresholds before stay");
  }

  @Test
  void shouldNotHearOverridesOfOtherModels() {
    topology.control(
        topology.topics.overrides(),
        "others/o1",
        override("o1").setName("others").setAlpha(LENIENT).build());

    assertThat(topology.answer("a", Samples.UNKNOWN, 5_000).getOverrideId()).isEmpty();
  }

  @Test
  void shouldDecideWithARecalibrationWithoutOtherWeightsAndSaySo() {
    OpenSetCalibration before = Samples.calibration("t2");
    Calibration lenient =
        CalibrationRecords.toRecord(
            Samples.MODEL,
            1,
            new OpenSetCalibration(
                "t2", LENIENT, before.method(), "raw", Map.of(), before.classes()),
            Instant.EPOCH);
    topology.answer("a", Samples.BALL, 5_000);
    topology.control(topology.topics.thresholds(), ModelKeys.version(Samples.MODEL, 1), lenient);

    Recognition answer = topology.answer("b", Samples.UNKNOWN, 5_000);

    assertThat(answer.getOutcome()).isEqualTo(Outcome.KNOWN);
    assertThat(answer.getThresholdVersion()).isEqualTo("t2");
    assertThat(answer.getWeightsSha256()).isEqualTo("sha");
    assertThat(topology.events)
        .filteredOn(event -> event.getKind() == ModelEventKind.RECALIBRATED)
        .extracting(ModelEvent::getReason)
        .isEqualTo(List.of("t2"));
  }

  private void send(ThresholdOverride.Builder override) {
    ThresholdOverride record = override.build();
    topology.control(
        topology.topics.overrides(),
        ModelKeys.override(Samples.MODEL, record.getOverrideId()),
        record);
  }

  private static ThresholdOverride.Builder override(String id) {
    return ThresholdOverride.newBuilder().setName(Samples.MODEL).setOverrideId(id);
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
