package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BadModelRefusedTest {
  private final Given given = new Given();
  private final SentImage image = given.image("door", 0);

  @BeforeEach
  void aBrokenSecondVersion() {
    given.version(1, "cat");
    given.version(2, "cat");
    given.promote(1, 0);
    given.promote(2, 100);
    given.promote(3, 200);
    given.broken.put(2, "NaN");
  }

  @Test
  void shouldHoldWhenItIsRefusedAndTheOldOneGoesOn() {
    given.refused(2, "the weights hold NaN");
    given.answer(image, 1, 150);
    given.answer(given.image("door", 1), 3, 200);

    Finding finding = check();

    assertThat(finding.state()).isEqualTo(Finding.State.HELD);
    assertThat(finding.figures())
        .isEqualTo("1 broken versions promoted, 1 images of their time answered by others");
  }

  @Test
  void shouldFindAnswersByTheBrokenVersion() {
    given.refused(2, "the weights hold NaN");
    given.answer(image, 2, 150);

    assertThat(check().violations()).containsExactly("version 2 (NaN) answered 1 images");
  }

  @Test
  void shouldMissTheEvent() {
    given.answer(image, 1, 150);

    assertThat(check().violations())
        .containsExactly("no event says that version 2 (NaN) is refused");
  }

  @Test
  void shouldMissTheReason() {
    given.refused(2, " ");

    assertThat(check().violated()).isTrue();
  }

  @Test
  void shouldFindASoundVersionThatWasRefused() {
    given.refused(2, "the weights hold NaN");
    given.refused(1, "it was too late");

    assertThat(check().violations())
        .containsExactly("sound version 1 was refused: it was too late");
  }

  @Test
  void shouldNotClaimAnythingWithoutABrokenVersion() {
    given.broken.clear();

    assertThat(check().state()).isEqualTo(Finding.State.NOT_TRIED);
  }

  private Finding check() {
    return new BadModelRefused().check(given.evidence());
  }
}
