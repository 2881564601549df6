package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EveryImageAnsweredOnceTest {
  private final Given given = new Given();
  private final SentImage first = given.image("door", 0);
  private final SentImage second = given.image("door", 1);

  @Test
  void shouldHoldWhenEachImageHasOneAnswer() {
    given.answer(second, 1, 0);
    given.answer(first, 1, 0);

    Finding finding = check();

    assertThat(finding.state()).isEqualTo(Finding.State.HELD);
    assertThat(finding.guarantee()).isEqualTo("EveryImageAnsweredOnce");
    assertThat(finding.figures()).isEqualTo("2 sent, 2 answers, 0 missing, 0 doubled");
  }

  @Test
  void shouldFindWhatIsMissing() {
    given.answer(first, 1, 0);

    assertThat(check().violations()).containsExactly("door-1 was not answered");
    assertThat(check().violated()).isTrue();
  }

  @Test
  void shouldFindWhatIsDoubled() {
    given.answer(first, 1, 0);
    given.answer(second, 1, 0);
    given.answer(first, 1, 0);

    assertThat(check().violations()).containsExactly("door-0 was answered twice");
  }

  @Test
  void shouldFindAnswersToNothing() {
    given.answer(first, 1, 0);
    given.answer(second, 1, 0);
    given.answer(new SentImage("strange", "door", 7, "cat", 0), 1, 0);

    assertThat(check().violations())
        .containsExactly("an answer for an image that nobody sent: strange");
  }

  @Test
  void shouldNotClaimAnythingWithoutImages() {
    assertThat(new EveryImageAnsweredOnce().check(new Given().evidence()).state())
        .isEqualTo(Finding.State.NOT_TRIED);
  }

  private Finding check() {
    return new EveryImageAnsweredOnce().check(given.evidence());
  }
}
