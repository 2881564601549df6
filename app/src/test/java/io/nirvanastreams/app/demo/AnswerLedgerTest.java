package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

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

    assertThat(ledger.violations()).isEmpty();
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
  void shouldCountDoubledAnswersOnce() {
    answer(Answers.right(first, 1));
    answer(Answers.right(first, 1));

    assertThat(ledger.doubledCount()).isEqualTo(1);
    assertThat(ledger.answers()).hasSize(1);
    assertThat(ledger.violations())
        .containsExactly("EveryImageAnsweredOnce: camera-1-0 was answered twice");
  }

  @Test
  void shouldCountAnswersToNoImage() {
    answer(Answers.right(Answers.image("camera-9", 4, "Bag"), 1));

    assertThat(ledger.strangerCount()).isEqualTo(1);
    assertThat(ledger.answeredCount()).isZero();
    assertThat(ledger.violations()).singleElement().asString().contains("camera-9-4");
  }

  @Test
  void shouldHoldTheOrderOfEachSource() {
    answer(Answers.right(second, 1));
    answer(Answers.right(first, 1));

    assertThat(ledger.violations())
        .containsExactly("OrderPerSource: camera-1-0 came after camera-1-1");
  }

  @Test
  void shouldNoticeAVersionThatGoesBack() {
    answer(Answers.right(first, 2));
    answer(Answers.right(other, 1));
    assertThat(ledger.violations()).isEmpty();

    answer(Answers.right(second, 1));

    assertThat(ledger.violations())
        .containsExactly("OneModelPerAnswer: camera-1-1 went back from version 2 to 1");
  }

  @Test
  void shouldNoticeTwoModelsOrCalibrationsUnderOneVersion() {
    answer(Answers.right(first, 1));
    Recognition otherThresholds = Answers.right(second, 1);
    otherThresholds.setThresholdVersion("u");
    answer(otherThresholds);
    Recognition otherWeights = Answers.right(other, 1);
    otherWeights.setWeightsSha256("else");
    answer(otherWeights);

    assertThat(ledger.violations())
        .hasSize(2)
        .containsOnly("OneModelPerAnswer: version 1 answered with two models or calibrations");
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
