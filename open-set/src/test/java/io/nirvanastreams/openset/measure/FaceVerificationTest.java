package io.nirvanastreams.openset.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceVerificationTest {
  private static final double[] SIMILARITIES = {0.9, 0.8, 0.3, 0.1, 0.7, 0.2};
  private static final boolean[] SAME = {true, true, false, false, true, false};

  @Test
  void shouldJudgeEachFoldByTheOthers() {
    FaceVerification result = FaceVerification.of(SIMILARITIES, SAME, 3);

    assertThat(result.accuracies()).containsExactly(1.0, 1.0, 1.0);
    // Between 0.3 and 0.7, 0.2 and 0.7, 0.3 and 0.8: what each fold's others leave open.
    assertThat(result.thresholds().get(0)).isCloseTo(0.5, within(1e-12));
    assertThat(result.thresholds().get(1)).isCloseTo(0.45, within(1e-12));
    assertThat(result.thresholds().get(2)).isCloseTo(0.55, within(1e-12));
    assertThat(result.accuracy().mean()).isEqualTo(1);
    assertThat(result.accuracy().deviation()).isZero();
  }

  @Test
  void shouldNotLearnFromTheFoldItJudges() {
    // The second fold has the labels the other way round, so what suits the first fails it.
    double[] similarities = {0.9, 0.1, 0.9, 0.1};
    boolean[] same = {true, false, false, true};
    assertThat(FaceVerification.of(similarities, same, 2).accuracies()).containsExactly(0.5, 0.0);
  }

  @Test
  void shouldEqualTheSearchOverAllThresholds() {
    Random random = new Random(4);
    int pairs = 600;
    double[] similarities = new double[pairs];
    boolean[] same = new boolean[pairs];
    for (int i = 0; i < pairs; i++) {
      same[i] = i % 2 == 0;
      similarities[i] = Math.rint(20 * (random.nextGaussian() + (same[i] ? 1.5 : 0))) / 20;
    }
    FaceVerification result = FaceVerification.of(similarities, same, FaceVerification.FOLDS);
    for (int fold = 0; fold < 10; fold++) {
      double best = 0;
      for (double threshold = -5; threshold < 6; threshold += 0.025) {
        best = Math.max(best, onOthers(similarities, same, fold, threshold));
      }
      assertThat(onOthers(similarities, same, fold, result.thresholds().get(fold)))
          .isCloseTo(best, within(1e-12));
    }
    assertThat(result.accuracy().mean()).isBetween(0.72, 0.83);
    assertThat(result.accuracy().count()).isEqualTo(10);
  }

  @Test
  void shouldAcceptNoMoreImpostorsThanAllowed() {
    assertThat(FaceVerification.tarAtFar(SIMILARITIES, SAME, 0)).isEqualTo(1);
    boolean[] hard = {false, true, true, false, true, false};
    assertThat(FaceVerification.tarAtFar(SIMILARITIES, hard, 0.1)).isZero();
    assertThat(FaceVerification.tarAtFar(SIMILARITIES, hard, 0.34)).isEqualTo(1);
    // Tied with an impostor: both are accepted or neither.
    double[] tied = {1, 1, 0};
    assertThat(FaceVerification.tarAtFar(tied, new boolean[] {true, false, false}, 0.4)).isZero();
  }

  @Test
  void shouldRefuseWhatCannotBeJudged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceVerification.of(SIMILARITIES, SAME, 1))
        .withMessageContaining("take 2 to 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceVerification.of(SIMILARITIES, new boolean[2], 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceVerification.of(new double[] {1, Double.NaN}, new boolean[2], 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceVerification.tarAtFar(SIMILARITIES, new boolean[6], 0.1));
  }

  @Test
  void shouldSpreadBySampleDeviation() {
    Spread spread = Spread.of(1, 2, 3, 4);
    assertThat(spread.mean()).isEqualTo(2.5);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(Spread.of(7).deviation()).isNaN();
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of());
  }

  private static double onOthers(
      double[] similarities, boolean[] same, int fold, double threshold) {
    int right = 0;
    for (int i = 0; i < similarities.length; i++) {
      right += i / 60 != fold && similarities[i] >= threshold == same[i] ? 1 : 0;
    }
    return right / 540.0;
  }
}
