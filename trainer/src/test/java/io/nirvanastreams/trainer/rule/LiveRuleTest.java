package io.nirvanastreams.trainer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRuleTest {
  private final LiveRule rule = new LiveRule(RuleSettings.DEFAULT);

  @Test
  void shouldLeaveWhatIsWithinItsBand() {
    LiveCounts counts = new LiveCounts(0.05, 800, 200, 10, 10, 20, 15);

    assertThat(rule.judge(counts, counts, List.of()))
        .isEqualTo(new Verdict.Wait("unknown rate 0.200 over 1000 images"));
    assertThat(rule.judgesAnswers(counts)).isTrue();
  }

  @Test
  void shouldRollBackWhenTheUnknownRateLeavesItsBand() {
    Verdict verdict =
        rule.judge(new LiveCounts(0.05, 400, 600, 0, 0, 0, 0), LiveCounts.NONE, List.of());

    assertThat(verdict).isInstanceOf(Verdict.RollBack.class);
    assertThat(verdict.reason()).startsWith("unknown rate 0.600 outside its calibrated band");
  }

  @Test
  void shouldNotJudgeFewImages() {
    assertThat(rule.judge(new LiveCounts(0.05, 0, 499, 0, 0, 0, 0), LiveCounts.NONE, List.of()))
        .isEqualTo(new Verdict.Wait("499 of 500 images"));
  }

  @Test
  void shouldRollBackWhenLabelsSayItIsWrong() {
    // 900 known at 12 / 20 right, 100 unknown at 10 / 10: 0.64
    LiveCounts counts = new LiveCounts(0.05, 900, 100, 20, 12, 10, 10);

    assertThat(rule.judge(counts, counts, List.of()).reason())
        .startsWith("accuracy 0.640 below 0.700 on 30 labels");
  }

  @Test
  void shouldRollBackAtOnceWhenAnInstanceRefusesIt() {
    Verdict verdict = rule.judge(LiveCounts.NONE, LiveCounts.NONE, List.of("p/1: wrong hash"));

    assertThat(verdict).isInstanceOf(Verdict.RollBack.class);
    assertThat(verdict.reason()).startsWith("refused by p/1: wrong hash");
  }

  @Test
  void shouldCountSinceAnEarlierCount() {
    assertThat(new LiveCounts(0.05, 9, 8, 7, 6, 5, 4).since(new LiveCounts(0.05, 1, 2, 3, 4, 5, 1)))
        .isEqualTo(new LiveCounts(0.05, 8, 6, 4, 2, 0, 3));
  }
}
