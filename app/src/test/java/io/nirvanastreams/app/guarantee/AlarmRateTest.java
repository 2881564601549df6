package io.nirvanastreams.app.guarantee;

import static io.nirvanastreams.schemas.Outcome.KNOWN;
import static io.nirvanastreams.schemas.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.decision.ConformalBound;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmRateTest {
  private static final OpenSetCalibration CALIBRATION =
      CalibrationRecords.toDomain(Given.calibration(1, 0.05, 199, "Coat", "Sandal"));

  private final List<SeenAnswer> answers = new ArrayList<>();
  private final Map<String, String> truths = new HashMap<>();

  @Test
  void shouldCountKnownImagesOfOneVersionOnly() {
    answer("Coat", UNKNOWN, "Coat", 1, 1);
    answer("Sandal", KNOWN, "Coat", 1, 1);
    answer("Sandal", UNKNOWN, "Sandal", 1, 1);
    answer("Coat", KNOWN, "Coat", 1, 1);
    answer("Bag", UNKNOWN, "Coat", 1, 1);
    answer("Coat", UNKNOWN, "Coat", 2, 1);

    AlarmRate rate = rate();

    assertThat(rate.images()).isEqualTo(4);
    assertThat(rate.measured()).isEqualTo(0.5);
  }

  @Test
  void shouldBoundByTheCalibrationOfThePredictedClass() {
    answer("Coat", KNOWN, "Sandal", 1, 300);
    answer("Coat", KNOWN, "Coat", 1, 100);

    assertThat(rate().bound())
        .isEqualTo(ConformalBound.upper(new int[] {199, 199}, 0.05, new long[] {100, 300}, 0.999))
        .isBetween(0.05, 0.15);
  }

  @Test
  void shouldPromiseNothingAboutNothing() {
    assertThat(rate()).isEqualTo(new AlarmRate(0, 0, 0));
    assertThat(rate().withinPromise()).isTrue();
  }

  private AlarmRate rate() {
    return AlarmRate.of(1, CALIBRATION, answers, truths, AlarmRate.CONFIDENCE);
  }

  private void answer(String truth, Outcome outcome, String nearest, int version, int times) {
    for (int i = 0; i < times; i++) {
      SentImage image = new SentImage("door-" + answers.size(), "door", answers.size(), truth, 0);
      Recognition recognition = Given.recognition(image, version, outcome);
      recognition.setNearest(List.of(NearestClass.newBuilder().setLabel(nearest).build()));
      truths.put(image.eventId(), truth);
      answers.add(new SeenAnswer(recognition, 0, 0));
    }
  }
}
