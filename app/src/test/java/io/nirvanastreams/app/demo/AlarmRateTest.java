package io.nirvanastreams.app.demo;

import static io.nirvanastreams.schemas.Outcome.KNOWN;
import static io.nirvanastreams.schemas.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.decision.ConformalBound;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmRateTest {
  private static final OpenSetCalibration CALIBRATION =
      Answers.calibration(0.05, 199, "Coat", "Sandal");

  @Test
  void shouldCountKnownImagesOfTheFirstVersionOnly() {
    List<Answer> answers = new ArrayList<>();
    answers.add(Answers.answer("Coat", UNKNOWN, "Coat", 1));
    answers.add(Answers.answer("Sandal", KNOWN, "Coat", 1));
    answers.add(Answers.answer("Sandal", UNKNOWN, "Sandal", 1));
    answers.add(Answers.answer("Coat", KNOWN, "Coat", 1));
    answers.add(Answers.answer("Bag", UNKNOWN, "Coat", 1));
    answers.add(Answers.answer("Coat", UNKNOWN, "Coat", 2));

    AlarmRate rate = AlarmRate.of(CALIBRATION, answers);

    assertThat(rate.images()).isEqualTo(4);
    assertThat(rate.measured()).isEqualTo(0.5);
  }

  @Test
  void shouldBoundByTheCalibrationOfThePredictedClass() {
    List<Answer> answers = new ArrayList<>();
    answers.addAll(Collections.nCopies(300, Answers.answer("Coat", KNOWN, "Sandal", 1)));
    answers.addAll(Collections.nCopies(100, Answers.answer("Coat", KNOWN, "Coat", 1)));

    assertThat(AlarmRate.of(CALIBRATION, answers).bound())
        .isEqualTo(ConformalBound.upper(new int[] {199, 199}, 0.05, new long[] {100, 300}, 0.999))
        .isBetween(0.05, 0.15);
  }

  @Test
  void shouldTellAKeptFromABrokenPromise() {
    assertThat(AlarmRate.of(CALIBRATION, answers(20, 380)).withinPromise()).isTrue();
    assertThat(AlarmRate.of(CALIBRATION, answers(80, 320)).withinPromise()).isFalse();
  }

  @Test
  void shouldPromiseNothingAboutNothing() {
    AlarmRate rate = AlarmRate.of(CALIBRATION, List.of());

    assertThat(rate).isEqualTo(new AlarmRate(0, 0, 0));
    assertThat(rate.withinPromise()).isTrue();
  }

  private static List<Answer> answers(int unknown, int known) {
    List<Answer> answers = new ArrayList<>();
    answers.addAll(Collections.nCopies(unknown, Answers.answer("Coat", UNKNOWN, "Coat", 1)));
    answers.addAll(Collections.nCopies(known, Answers.answer("Coat", KNOWN, "Coat", 1)));
    return answers;
  }
}
