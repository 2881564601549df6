package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WholeVersionOrNoneTest {
  private final Given given = new Given();

  @BeforeEach
  void aKilledPublisher() {
    given.version(1, "cat", "dog");
    given.interrupted.add(2);
  }

  @Test
  void shouldHoldWhenAKilledPublisherLeavesNoManifest() {
    given.centres.add(Given.centre(2, "cat", 0, 0.5f));

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
    assertThat(check().figures())
        .isEqualTo("1 whole versions; 1 publishers killed: 1 left no version, 0 a whole one");
  }

  @Test
  void shouldHoldWhenItLeavesAWholeVersion() {
    given.version(2, "cat", "dog");

    assertThat(check().figures()).endsWith("0 left no version, 1 a whole one");
  }

  @Test
  void shouldFindAVersionWithoutACentre() {
    given.version(2, "cat", "dog");
    given.centres.removeIf(one -> one.getModelVersion() == 2 && one.getLabel().equals("dog"));

    assertThat(check().violations()).containsExactly("version 2 lacks [the centre of dog]");
  }

  @Test
  void shouldFindAVersionWithoutACalibration() {
    given.version(2, "cat", "dog");
    given.calibrations.removeIf(one -> one.getModelVersion() == 2);

    assertThat(check().violations()).containsExactly("version 2 lacks [the calibration]");
  }

  @Test
  void shouldFindWhatReadersSawMeanwhile() {
    given.halves.add("m/2: the calibration is missing");

    assertThat(check().violations()).containsExactly("m/2: the calibration is missing");
  }

  @Test
  void shouldFindAnAnswerWithoutAManifest() {
    given.answer(given.image("door", 0), 2, 0);

    assertThat(check().violations()).containsExactly("version 2 answers without a manifest");
  }

  @Test
  void shouldNotClaimAnythingWithoutAKilledPublisher() {
    given.interrupted.clear();

    assertThat(check().state()).isEqualTo(Finding.State.NOT_TRIED);
  }

  private Finding check() {
    return new WholeVersionOrNone().check(given.evidence());
  }
}
