package io.nirvanastreams.openset.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.decision.ConformalBound;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenSetClassifierTest {

  private static final int DIMENSION = 8;
  private static final double ALPHA = 0.05;
  private static final int PER_CLASS = 120;
  private static final float[][] CENTRES = Simplex.of(DIMENSION, 6).first(5);
  private static final List<String> LABELS = List.of("a", "b", "c", "d");

  static Stream<String> scores() {
    return Scores.names().stream();
  }

  @ParameterizedTest
  @MethodSource("scores")
  void shouldKnowTheKnownAndFlagTheUnknown(String score) {
    float[][] known = Arrays.copyOf(CENTRES, 4);
    OpenSetClassifier classifier = new OpenSetClassifier(known, calibration(score));
    Blobs blobs = new Blobs(99);
    int trials = 2000;
    int refused = 0;
    int wrong = 0;
    int caught = 0;
    for (int i = 0; i < trials; i++) {
      float[] image = blobs.near(CENTRES[i % 4], 1);
      Decision decision = classifier.judge(image, image).decision();
      if (decision instanceof Decision.Known answer) {
        wrong += answer.classIndex() == i % 4 ? 0 : 1;
      } else {
        refused++;
      }
      float[] novel = blobs.near(CENTRES[4], 1);
      caught += classifier.judge(novel, novel).decision() instanceof Decision.Unknown ? 1 : 0;
    }
    double bound = ConformalBound.upper(4 * PER_CLASS, ALPHA, trials, 0.9999);
    assertThat((double) refused / trials).isBetween(0.01, bound);
    assertThat(wrong).isLessThan(trials / 100);
    assertThat(caught).isGreaterThan(trials * 9 / 10);
  }

  @Test
  void shouldFileScoresUnderThePredictedClass() {
    float[][] centres = {{1, 0}, {0, 1}};
    float[][] held = {{0.9f, 0}, {0, 0.8f}, {0.1f, 0.9f}};
    OpenSetCalibration calibration =
        Calibrator.fit(
            "1",
            ALPHA,
            DecisionRules.CONFORMAL,
            "raw",
            Map.of(),
            List.of("a", "b"),
            centres,
            held,
            held,
            new int[] {0, 0, 1},
            List.of(new float[][] {{2, 0}}, new float[0][]));
    assertThat(calibration.labels()).containsExactly("a", "b");
    assertThat(calibration.classes().get(0).scores()).hasSize(1);
    assertThat(calibration.classes().get(1).scores()).hasSize(2).isSorted();
    assertThat(calibration.classes().get(0).references()[0]).containsExactly(1, 0);
  }

  @Test
  void shouldGiveTheSameAnswerBitForBit() {
    float[][] known = Arrays.copyOf(CENTRES, 4);
    float[] image = new Blobs(5).near(CENTRES[2], 1);
    Judgement one =
        new OpenSetClassifier(known, calibration("nearest-neighbour")).judge(image, image);
    Judgement two =
        new OpenSetClassifier(known, calibration("nearest-neighbour")).judge(image, image);
    assertThat(two.decision()).isEqualTo(one.decision());
    assertThat(two.score()).isEqualTo(one.score());
  }

  @Test
  void shouldRefusePartsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpenSetClassifier(CENTRES, calibration("raw")))
        .withMessageContaining("5 centres");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassCalibration("a", new double[] {2, 1}, new float[0][]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassCalibration("a", new double[] {Double.NaN}, new float[0][]));
  }

  @Test
  void shouldRefuseToCalibrateOnUnknownClasses() {
    float[][] one = {{1}};
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Calibrator.fit(
                    "1",
                    ALPHA,
                    DecisionRules.CONFORMAL,
                    "raw",
                    Map.of(),
                    List.of("a"),
                    one,
                    one,
                    one,
                    new int[] {1},
                    List.<float[][]>of(one)))
        .withMessageContaining("class 1");
  }

  private static OpenSetCalibration calibration(String score) {
    Blobs blobs = new Blobs(1);
    float[][] held = new float[4 * PER_CLASS][];
    int[] classes = new int[held.length];
    for (int i = 0; i < held.length; i++) {
      classes[i] = i % 4;
      held[i] = blobs.near(CENTRES[i % 4], 1);
    }
    List<float[][]> references = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      float[][] rows = new float[50][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = blobs.near(CENTRES[c], 1);
      }
      references.add(rows);
    }
    return Calibrator.fit(
        "1",
        ALPHA,
        DecisionRules.CONFORMAL,
        score,
        Map.of(),
        LABELS,
        Arrays.copyOf(CENTRES, 4),
        held,
        held,
        classes,
        references);
  }
}
