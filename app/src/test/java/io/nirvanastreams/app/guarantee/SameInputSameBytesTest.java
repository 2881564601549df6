package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.Timings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SameInputSameBytesTest {
  private final Given given = new Given();
  private final SentImage image = given.image("door", 0);

  @BeforeEach
  void answered() {
    given.answer(image, 1, 0);
  }

  @Test
  void shouldHoldWhenOnlyTimingsDiffer() {
    Recognition again = Given.recognition(image, 1, Outcome.KNOWN);
    again.setTimings(Timings.newBuilder().setForwardMicros(7).build());
    repeat(again);

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
    assertThat(check().figures())
        .isEqualTo("1 answered again by the same version, 0 differ; 0 by another version");
  }

  @Test
  void shouldFindTheLeastDifference() {
    Recognition again = Given.recognition(image, 1, Outcome.KNOWN);
    again.setScore(Double.MIN_VALUE);
    repeat(again);

    assertThat(check().violations()).containsExactly("door-0 was answered differently");
  }

  @Test
  void shouldFindAnImageThatIsNotAnsweredAgain() {
    SentImage second = given.image("door", 1);
    given.answer(second, 1, 0);
    repeat(Given.recognition(image, 1, Outcome.KNOWN));

    assertThat(check().violations()).containsExactly("door-1 was not answered when repeated");
  }

  @Test
  void shouldFindAnAnswerThatOnlyTheRepetitionGave() {
    repeat(Given.recognition(image, 1, Outcome.KNOWN));
    repeat(Given.recognition(image, 1, Outcome.KNOWN));

    assertThat(check().violations())
        .containsExactly("door-0 was answered only when repeated, or twice");
  }

  @Test
  void shouldNotCompareVersions() {
    repeat(Given.recognition(image, 2, Outcome.KNOWN));

    assertThat(check().state()).isEqualTo(Finding.State.NOT_TRIED);
    assertThat(check().figures()).endsWith("; 1 by another version");
  }

  private void repeat(Recognition recognition) {
    given.repeated.add(new SeenAnswer(recognition, 0, 0));
  }

  private Finding check() {
    return new SameInputSameBytes().check(given.evidence());
  }
}
