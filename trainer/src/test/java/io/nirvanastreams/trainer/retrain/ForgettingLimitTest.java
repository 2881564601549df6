package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForgettingLimitTest {
  private static final Offset<Double> NEAR = within(1e-12);

  private final List<Double> weights = new ArrayList<>();

  /** Trainings whose old classes lose so many of 1,000 images, and gain none. */
  private BoundedLearning<String> learn(ForgettingLimit limit, int... lost) throws Exception {
    return limit.keep(1, new Trainings(lost, lead -> -1));
  }

  /** Trainings that lose so many of 1,000 images, each less with a lead, in hundredths. */
  private final class Trainings implements ForgettingLimit.Training<String> {
    private final int[] lost;
    private final IntUnaryOperator led;

    Trainings(int[] lost, IntUnaryOperator led) {
      this.lost = lost;
      this.led = led;
    }

    @Override
    public LearningAttempt<String> with(double oldWeight) {
      weights.add(oldWeight);
      return attempt(oldWeight, 0, lost[weights.size() - 1]);
    }

    @Override
    public Optional<ForgettingLimit.Leads<String>> leads(LearningAttempt<String> trained) {
      return led.applyAsInt(0) < 0
          ? Optional.empty()
          : Optional.of(
              new ForgettingLimit.Leads<>() {
                @Override
                public Forgetting forgetting(double lead) {
                  return new Forgetting(1000, 900, lostWith(lead), 0);
                }

                @Override
                public LearningAttempt<String> with(double lead) {
                  return attempt(trained.oldWeight(), lead, lostWith(lead));
                }
              });
    }

    private int lostWith(double lead) {
      return led.applyAsInt((int) Math.round(100 * lead));
    }

    private LearningAttempt<String> attempt(double weight, double lead, int count) {
      return new LearningAttempt<>(
          "training " + weights.size(), weight, lead, new Forgetting(1000, 900, count, 0), 0.5);
    }
  }

  @Test
  void shouldGiveTheSmallestLeadThatKeepsTheLimitWithRoom() throws Exception {
    BoundedLearning<String> learning =
        new ForgettingLimit(0.01, 3).keep(1, new Trainings(new int[] {20}, lead -> 20 - lead));

    // 7 lost are .7 +- .26 points, 6 are .6 +- .24, and .6 with an error and a half is below one.
    assertThat(learning.taken().lead()).isCloseTo(0.14, NEAR);
    assertThat(learning.kept()).isTrue();
    assertThat(learning.trainings()).isEqualTo(1);
    assertThat(learning.attempts()).hasSize(2);
    assertThat(learning.remark()).contains("kept within 1.00 points in 1 training;", "lead 0.14");
  }

  @Test
  void shouldGiveALeadWithoutRoomBeforeTrainingAgain() throws Exception {
    BoundedLearning<String> learning =
        new ForgettingLimit(0.01, 3)
            .keep(1, new Trainings(new int[] {20}, lead -> Math.max(7, 20 - lead)));

    assertThat(learning.taken().lead()).isCloseTo(0.13, NEAR);
    assertThat(learning.kept()).isTrue();
  }

  @Test
  void shouldLeadNoFurtherThanTheWeightOfTheLastTraining() throws Exception {
    BoundedLearning<String> learning =
        new ForgettingLimit(0.01, 3)
            .keep(1, new Trainings(new int[] {40, 40, 40}, lead -> 40 - lead / 2));

    assertThat(learning.attempts())
        .extracting(LearningAttempt::lead)
        .containsExactly(0.0, 0.33, 0.0, 0.17, 0.0);
    assertThat(learning.trainings()).isEqualTo(3);
    assertThat(learning.taken().lead()).isCloseTo(0.33, NEAR);
    assertThat(learning.kept()).isFalse();
  }

  @Test
  void shouldOnlyMeasureASingleTraining() throws Exception {
    BoundedLearning<String> learning =
        new ForgettingLimit(0.01, 1).keep(1, new Trainings(new int[] {20}, lead -> 0));

    assertThat(learning.attempts()).hasSize(1);
    assertThat(learning.kept()).isFalse();
  }

  @Test
  void shouldTakeTheFirstTrainingThatKeepsTheLimit() throws Exception {
    BoundedLearning<String> learning = learn(new ForgettingLimit(0.01, 4), 20, 15, 3, 0);

    assertThat(learning.taken().model()).isEqualTo("training 3");
    assertThat(learning.kept()).isTrue();
    assertThat(learning.remark()).contains("in 3 trainings", "within 1.00 points", "lose 0.30");
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
                new ForgettingLimit.Training<>() {
                  @Override
                  public LearningAttempt<String> with(double oldWeight) {
                    return new LearningAttempt<>(
                        "only", oldWeight, 0, new Forgetting(0, 0, 0, 0), 0.5);
                  }

                  @Override
                  public Optional<ForgettingLimit.Leads<String>> leads(
                      LearningAttempt<String> trained) {
                    throw new AssertionError("nothing can be measured");
                  }
                });

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
