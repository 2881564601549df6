package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForgettingLimitTest {
  private static final Offset<Double> NEAR = within(1e-12);

  private final List<Double> weights = new ArrayList<>();

  /** Trainings whose old classes lose so many of 1,000 images, and gain none. */
  private BoundedLearning<String> learn(ForgettingLimit limit, int... lost) throws Exception {
    return limit.keep(
        1,
        weight -> {
          weights.add(weight);
          int number = weights.size();
          return new LearningAttempt<>(
              "training " + number, weight, new Forgetting(1000, 900, lost[number - 1], 0), 0.5);
        });
  }

  @Test
  void shouldTakeTheFirstTrainingThatKeepsTheLimit() throws Exception {
    BoundedLearning<String> learning = learn(new ForgettingLimit(0.01, 4), 20, 15, 3, 0);

    assertThat(learning.taken().model()).isEqualTo("training 3");
    assertThat(learning.kept()).isTrue();
    assertThat(learning.remark()).contains("trained 3 times", "within 1.00 points", "lose 0.30");
    assertThat(weights).hasSize(3).isSorted();
    assertThat(weights.get(2)).isCloseTo(2, NEAR);
  }

  @Test
  void shouldTrainOnceAndRemarkNothingWhereLittleIsForgotten() throws Exception {
    BoundedLearning<String> learning = learn(new ForgettingLimit(0.01, 4), 3);

    assertThat(learning.attempts()).hasSize(1);
    assertThat(learning.remark()).isEmpty();
  }

  @Test
  void shouldSayWhatCannotBeKeptAndTakeWhatForgetsLeast() throws Exception {
    BoundedLearning<String> learning = learn(new ForgettingLimit(0.01, 3), 40, 20, 20);

    assertThat(learning.kept()).isFalse();
    assertThat(learning.taken().model()).isEqualTo("training 2");
    assertThat(learning.remark())
        .contains("cannot be kept within 1.00 points in 3 trainings", "lose 2.00");
  }

  @Test
  void shouldNotTrainAgainForTheErrorOfFewImagesAlone() {
    ForgettingLimit limit = ForgettingLimit.DEFAULT;

    assertThat(limit.keeps(new Forgetting(100, 90, 2, 2))).isTrue();
    assertThat(limit.keeps(new Forgetting(100, 90, 2, 3))).isTrue();
    assertThat(limit.keeps(new Forgetting(100, 90, 2, 1))).isFalse();
  }

  @Test
  void shouldNotTakeLuckForKeeping() throws Exception {
    // Both fall by .8 points, but in the first 30 images in 500 changed sides: +- 1.1 points.
    ForgettingLimit limit = new ForgettingLimit(0.01, 1);

    assertThat(limit.keeps(new Forgetting(500, 450, 17, 13))).isFalse();
    assertThat(limit.keeps(new Forgetting(50_000, 45_000, 400, 0))).isTrue();
    assertThat(limit.keeps(new Forgetting(500, 450, 0, 0))).isTrue();
  }

  @Test
  void shouldCountTheErrorOfAPairedComparison() {
    Forgetting forgetting = new Forgetting(400, 300, 12, 4);

    assertThat(forgetting.accuracyBefore()).isCloseTo(0.75, NEAR);
    assertThat(forgetting.accuracyAfter()).isCloseTo(0.73, NEAR);
    assertThat(forgetting.fall()).isCloseTo(0.02, NEAR);
    // The changes are +1 twelve times, -1 four times and 0 else; their variance, by 400.
    double variance = (16 - 400 * 0.02 * 0.02) / 400;
    assertThat(forgetting.error()).isCloseTo(Math.sqrt(variance / 400), NEAR);
  }

  @Test
  void shouldTakeTheFirstTrainingWhereNothingCanBeMeasured() throws Exception {
    BoundedLearning<String> learning =
        new ForgettingLimit(0.01, 3)
            .keep(
                1,
                weight -> new LearningAttempt<>("only", weight, new Forgetting(0, 0, 0, 0), 0.5));

    assertThat(learning.attempts()).hasSize(1);
    assertThat(learning.taken().forgetting().fall()).isNaN();
    assertThat(learning.kept()).isFalse();
  }

  @Test
  void shouldRefuseWhatIsNoLimit() {
    assertThatThrownBy(() -> new ForgettingLimit(1.5, 3)).hasMessageContaining("fraction");
    assertThatThrownBy(() -> new ForgettingLimit(Double.NaN, 3)).hasMessageContaining("fraction");
    assertThatThrownBy(() -> new ForgettingLimit(0.01, 0)).hasMessageContaining("1 to 10 times");
    assertThatThrownBy(() -> new Forgetting(10, 5, 6, 0)).hasMessageContaining("cannot be");
  }
}
