package io.nirvanastreams.trainer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.records.Comparison;
import io.nirvanastreams.schemas.Evaluation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateRuleTest {
  private final Evaluation seen =
      Evaluation.newBuilder()
          .setImages(1_000)
          .setAgreed(950)
          .setOnlyLiveKnown(30)
          .setOnlyCandidateKnown(20)
          .setBothUnknown(70)
          .setCandidateAlpha(0.05)
          .setTimedImages(100)
          .setLiveForwardMicros(1_000)
          .setCandidateForwardMicros(1_200)
          .build();

  @Test
  void shouldPromoteWhatKeepsEveryBoundAndSayTheFigures() {
    assertThat(judge()).isInstanceOf(Verdict.Promote.class);
    assertThat(judge().reason())
        .isEqualTo(
            "agreement 0.950, unknown rate 0.100, 0 labels, too few to judge, 1.20 times the live"
                + " version's time over 1000 images in shadow");
  }

  @Test
  void shouldWaitForImages() {
    seen.setImages(499);

    assertThat(judge()).isEqualTo(new Verdict.Wait("499 of 500 images"));
  }

  @Test
  void shouldRejectWhatAgreesTooLittle() {
    seen.setAgreed(700);

    rejected("agreement 0.700 below 0.800 over 1000 images");
  }

  @Test
  void shouldRejectWhoseUnknownRateLeavesItsBand() {
    seen.setOnlyLiveKnown(400);
    rejected("unknown rate 0.470 outside its calibrated band 0.005 to 0.380");

    seen.setOnlyLiveKnown(0);
    seen.setBothUnknown(1);
    rejected("unknown rate 0.001 outside");
  }

  @Test
  void shouldRejectWhatIsLessRightOnceThereAreLabels() {
    seen.setLabelled(19);
    seen.setLiveRight(19);
    seen.setCandidateRight(10);
    assertThat(judge()).isInstanceOf(Verdict.Promote.class);

    seen.setLabelled(20);
    rejected("accuracy 0.500 on 20 labels, the live version's is 0.950");
  }

  @Test
  void shouldRejectWhatIsSlowOrFails() {
    seen.setCandidateForwardMicros(2_500);
    seen.setFailed(3);

    rejected("2.50 times the live version's time, above 2.00; failed on 3 images");
  }

  @Test
  void shouldNameWhatIsWrongInTheSettings() {
    assertThat(RuleSettings.of(Map.of("minimum.images", "40")).minimumImages()).isEqualTo(40);
    assertThatThrownBy(() -> RuleSettings.of(Map.of("agreement", "1")))
        .hasMessageStartingWith("there is no rule 'agreement'; there are accuracy.loss, ");
    assertThatThrownBy(() -> RuleSettings.of(Map.of("minimum.agreement", "1.5")))
        .hasMessage("minimum.agreement must lie between 0 and 1, was 1.5");
    assertThatThrownBy(() -> RuleSettings.of(Map.of("minimum.images", "many")))
        .hasMessage("minimum.images must be a number, was 'many'");
  }

  private void rejected(String reason) {
    assertThat(judge()).isInstanceOf(Verdict.Reject.class);
    assertThat(judge().reason()).contains(reason);
  }

  private Verdict judge() {
    return new CandidateRule(RuleSettings.DEFAULT).judge(Comparison.of(List.of(seen)));
  }
}
