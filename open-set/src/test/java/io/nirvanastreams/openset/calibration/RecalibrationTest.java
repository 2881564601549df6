package io.nirvanastreams.openset.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nirvanastreams.openset.calibration.Recalibration.Answers;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.decision.DecisionRule;
import io.nirvanastreams.openset.decision.DecisionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
  private static final double ALPHA = 0.05;
  private static final float[][] REFERENCES = {{1}};

  @Test
  void shouldCountTheImagesThatAlphaNeeds() {
    assertThat(Recalibration.needed(0.05)).isEqualTo(20);
    assertThat(Recalibration.needed(0.051)).isEqualTo(19);
    assertThat(Recalibration.needed(0.5)).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> Recalibration.needed(1));
  }

  /**
   * The stream has drifted: scores lie lower than at calibration. People label every unknown answer
   * and one of twenty known ones.
   */
  @Test
  void shouldKeepTheTargetAgainThoughPeopleLabelUnknownsMoreOften() {
    Random random = new Random(7);
    DecisionRule before = rule(calibration());
    List<ConfirmedAnswer> confirmed = new ArrayList<>();
    long known = 0;
    long unknown = 0;
    for (int i = 0; i < 20_000; i++) {
      double score = drifted(random);
      boolean refused = before.decide(0, score) instanceof Decision.Unknown;
      known += refused ? 0 : 1;
      unknown += refused ? 1 : 0;
      if (refused || random.nextInt(20) == 0) {
        confirmed.add(new ConfirmedAnswer("e" + i, 0, score, refused, 0));
      }
    }
    assertThat(unknown / 20_000.0).isGreaterThan(3 * ALPHA);

    OpenSetCalibration after =
        Recalibration.of(
            "r1", ALPHA, calibration(), List.of(new Answers(known, unknown)), confirmed, false);

    assertThat(refusals(rule(after), new Random(8))).isBetween(0.035, 0.065);
  }

  @Test
  void shouldRefuseWhenAClassHasTooFewAndSayWhich() {
    List<ConfirmedAnswer> few = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      few.add(new ConfirmedAnswer("e" + i, 0, i, false, 0));
    }

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Recalibration.of(
                    "r1", ALPHA, calibration(), List.of(new Answers(100, 0)), few, false))
        .withMessageContaining("needs 20 of each class")
        .withMessageContaining("ball has 19");
  }

  @Test
  void shouldNotCountImagesOfOtherClassesAsKnown() {
    List<ConfirmedAnswer> confirmed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      confirmed.add(new ConfirmedAnswer("k" + i, 0, i, false, 0));
      confirmed.add(new ConfirmedAnswer("u" + i, 0, -i, true, -1));
    }

    OpenSetCalibration after =
        Recalibration.of(
            "r1", ALPHA, calibration(), List.of(new Answers(40, 40)), confirmed, false);

    assertThat(after.classes().get(0).scores()).hasSize(40).startsWith(0, 1);
    assertThat(after.version()).isEqualTo("r1");
    assertThat(after.classes().get(0).references()).isSameAs(REFERENCES);
  }

  private static double refusals(DecisionRule rule, Random random) {
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      refused += rule.decide(0, drifted(random)) instanceof Decision.Unknown ? 1 : 0;
    }
    return refused / 20_000.0;
  }

  private static double drifted(Random random) {
    return random.nextGaussian() - 1;
  }

  private static DecisionRule rule(OpenSetCalibration calibration) {
    return DecisionRules.byName(
        calibration.method(),
        calibration.alpha(),
        calibration.classes().stream().map(ClassCalibration::scores).toList(),
        calibration.fitted());
  }

  private static OpenSetCalibration calibration() {
    double[] scores = new Random(3).doubles(500).map(RecalibrationTest::normal).sorted().toArray();
    return new OpenSetCalibration(
        "t1",
        ALPHA,
        DecisionRules.CONFORMAL,
        "raw",
        Map.of(),
        List.of(new ClassCalibration("ball", scores, REFERENCES)));
  }

  /** Winitzki's closed form of the normal quantile, good to two digits. */
  private static double normal(double uniform) {
    double x = 2 * uniform - 1;
    double log = Math.log(Math.max(1e-12, 1 - x * x));
    double a = 0.147;
    double b = 2 / (Math.PI * a) + log / 2;
    return Math.sqrt(2) * Math.signum(x) * Math.sqrt(Math.sqrt(b * b - log / a) - b);
  }
}
