package io.nirvanastreams.openset.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.decision.ConformalBound;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.score.KnownImages;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenSetClassifierTest {

  private static final int DIMENSION = 8;
  private static final double ALPHA = 0.05;
  private static final int PER_CLASS = 120;
  private static final float[][] CENTRES = Simplex.of(DIMENSION, 6).first(5);
  private static final KnownImages NO_TRAINING =
      new KnownImages(new float[0][], new float[0][], new int[0], 2);
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

  static Stream<String> methods() {
    return DecisionRules.names().stream();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldRefuseAboutAlphaOfTheKnownByEveryMethod(String method) {
    float[][] known = Arrays.copyOf(CENTRES, 4);
    OpenSetClassifier classifier =
        new OpenSetClassifier(known, calibration("relative-mahalanobis", method));
    Blobs blobs = new Blobs(98);
    int refused = 0;
    int caught = 0;
    for (int i = 0; i < 2000; i++) {
      float[] image = blobs.near(CENTRES[i % 4], 1);
      refused += classifier.judge(image, image).decision() instanceof Decision.Unknown ? 1 : 0;
      float[] novel = blobs.near(CENTRES[4], 1);
      caught += classifier.judge(novel, novel).decision() instanceof Decision.Unknown ? 1 : 0;
    }
    assertThat(refused / 2000.0).isBetween(0.02, 0.09);
    assertThat(caught).isGreaterThan(1800);
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
            new KnownImages(held, held, new int[] {0, 0, 1}, 2),
            NO_TRAINING,
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
                    new KnownImages(one, one, new int[] {1}, 2),
                    new KnownImages(one, one, new int[] {0}, 1),
                    List.<float[][]>of(one)))
        .withMessageContaining("1 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KnownImages(one, one, new int[] {1}, 1))
        .withMessageContaining("class 1");
  }

  private static OpenSetCalibration calibration(String score) {
    return calibration(score, DecisionRules.CONFORMAL);
  }

  private static OpenSetCalibration calibration(String score, String method) {
    Blobs blobs = new Blobs(1);
    KnownImages held = images(blobs, PER_CLASS);
    KnownImages training = images(blobs, 50);
    List<float[][]> references = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      int label = c;
      references.add(
          IntStream.range(0, training.size())
              .filter(i -> training.labels()[i] == label)
              .mapToObj(i -> training.representations()[i])
              .toArray(float[][]::new));
    }
    return Calibrator.fit(
        "1",
        ALPHA,
        method,
        score,
        Map.of(),
        LABELS,
        Arrays.copyOf(CENTRES, 4),
        held,
        training,
        references);
  }

  private static KnownImages images(Blobs blobs, int perClass) {
    float[][] rows = new float[4 * perClass][];
    int[] classes = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      classes[i] = i % 4;
      rows[i] = blobs.near(CENTRES[i % 4], 1);
    }
    return new KnownImages(rows, rows, classes, 4);
  }
}
