package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.Outcome;
import org.junit.jupiter.api.Test;

class OrderPerSourceTest {
  private final Given given = new Given();
  private final SentImage first = given.image("door", 0);
  private final SentImage second = given.image("door", 1);
  private final SentImage other = given.image("gate", 0);

  @Test
  void shouldHoldWhenOnlySourcesInterleave() {
    given.answer(first, 1, 0);
    given.answer(other, 1, 0);
    given.answer(second, 1, 0);

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
  }

  @Test
  void shouldFindAnAnswerThatCameTooLate() {
    given.answer(second, 1, 0);
    given.answer(other, 1, 0);
    given.answer(first, 1, 0);

    assertThat(check().violations()).containsExactly("door-0 came after door-1");
  }

  @Test
  void shouldLeaveDoubledAnswersToAnotherPromise() {
    given.answer(first, 1, 0);
    given.answer(second, 1, 0);
    given.answer(first, 1, 0);

    assertThat(check().violations()).isEmpty();
  }

  @Test
  void shouldFindASourceInTwoPartitions() {
    given.answer(first, 1, 0);
    given.answers.add(new SeenAnswer(Given.recognition(second, 1, Outcome.KNOWN), 3, 0));

    assertThat(check().violations())
        .containsExactly("door-1 was answered in another partition than its source");
  }

  private Finding check() {
    return new OrderPerSource().check(given.evidence());
  }
}
