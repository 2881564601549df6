package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.guarantee.Evidence;
import io.nirvanastreams.app.guarantee.ModelHistory;
import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import org.junit.jupiter.api.Test;

class AnswerLedgerTest {
  private final AnswerLedger ledger = new AnswerLedger();
  private final SentImage first = sent("camera-1", 0);
  private final SentImage second = sent("camera-1", 1);
  private final SentImage other = sent("camera-2", 0);

  @Test
  void shouldFindNothingWrongWhenAllIsAnsweredInOrder() {
    answer(Answers.right(other, 1));
    answer(Answers.right(first, 1));
    answer(Answers.right(second, 2));

    assertThat(ledger.unanswered()).isEmpty();
    assertThat(ledger.sentCount()).isEqualTo(3);
    assertThat(ledger.answeredCount()).isEqualTo(3);
    assertThat(ledger.answers()).extracting(Answer::image).containsExactly(other, first, second);
  }

  @Test
  void shouldBookAnAnswerBesideItsTruth() {
    answer(Answers.recognition(first, Outcome.UNKNOWN, "Coat", 1));

    Answer booked = ledger.answers().get(0);
    assertThat(booked.accepted()).isFalse();
    assertThat(booked.nearest()).isEqualTo("Coat");
    assertThat(booked.nearestIsRight()).isFalse();
    assertThat(booked.latencyMillis()).isEqualTo(7);
    assertThat(ledger.truth(first.eventId())).isEqualTo("Bag");
    assertThat(ledger.truth("nobody")).isNull();
  }

  @Test
  void shouldKnowWhatIsMissing() {
    answer(Answers.right(first, 1));

    assertThat(ledger.unanswered()).containsExactlyInAnyOrder(second.eventId(), other.eventId());
  }

  @Test
  void shouldCountADoubledAnswerOnceAndAStrangeOneNever() {
    answer(Answers.right(first, 1));
    answer(Answers.right(first, 1));
    answer(Answers.right(Answers.image("camera-9", 4, "Bag"), 1));

    assertThat(ledger.answeredCount()).isEqualTo(1);
    assertThat(ledger.answers()).hasSize(1);
  }

  @Test
  void shouldHandOverAllThatWasSeen() {
    answer(Answers.right(second, 1));
    answer(Answers.right(second, 1));
    answer(Answers.right(Answers.image("camera-9", 4, "Bag"), 1));

    Evidence evidence = ledger.evidence(ModelHistory.NONE);

    assertThat(evidence.images()).containsExactly(first, second, other);
    assertThat(evidence.answers())
        .extracting(answer -> answer.recognition().getEventId())
        .containsExactly("camera-1-1", "camera-1-1", "camera-9-4");
  }

  private SentImage sent(String sourceId, long sequence) {
    SentImage image = Answers.image(sourceId, sequence, "Bag");
    ledger.sent(image);
    return image;
  }

  private void answer(Recognition recognition) {
    ledger.answered(recognition, 1007);
  }
}
