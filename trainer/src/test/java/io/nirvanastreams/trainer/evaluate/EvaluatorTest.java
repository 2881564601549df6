package io.nirvanastreams.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.openset.simplex.Simplex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
  private static final Simplex SIMPLEX = Simplex.of(6, 5);
  private static final List<String> KNOWN = List.of("a", "b", "c");
  private static final double ALPHA = 0.05;

  private final float[][] centres = SIMPLEX.first(3);

  /**
   * Features scattered around vertices, so many for each name, the first at vertex {@code from}.
   */
  private static Features around(List<String> names, int from, int each, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[names.size() * each][];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i / each;
      rows[i] = SIMPLEX.vertex(from + labels[i]).clone();
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] += (float) random.nextGaussian();
      }
    }
    return new Features(names, rows, rows, labels);
  }

  private OpenSetCalibration calibration(String score, int each) {
    return CalibrationFit.fit(
        CalibrationSettings.conformal(ALPHA, ScoreChoice.given(score), 1),
        "v1",
        centres,
        around(KNOWN, 0, 50, 1),
        around(KNOWN, 0, each, 2));
  }

  private EvaluationReport report(String score) {
    return Evaluator.evaluate(
        centres,
        calibration(score, 200),
        around(KNOWN, 0, 300, 3),
        around(List.of("x", "y"), 3, 200, 4));
  }

  @Test
  void shouldMeasureWellSeparatedClassesAsSuch() {
    EvaluationReport report = report("raw");

    assertThat(report.accuracy()).isGreaterThan(0.99);
    assertThat(report.auroc()).isGreaterThan(0.95);
    assertThat(report.scores()).containsKeys("raw", "cosine", "nearest-neighbour");
    assertThat(report.scores().get("raw").auin()).isGreaterThan(0.95);
    assertThat(report.scores().get("raw").ccrAtFpr10())
        .isGreaterThan(0.8)
        .isGreaterThanOrEqualTo(report.scores().get("raw").ccrAtFpr1());
    assertThat(report.unknownDetected()).isGreaterThan(0.8);
    assertThat(report.knownImages()).isEqualTo(900);
    assertThat(report.unknownImages()).isEqualTo(400);
    assertThat(report.confusion().total()).isEqualTo(1300);
  }

  @Test
  void shouldCompareFittedScoresWhereThereAreTrainingImages() {
    assertThat(report("raw").scores())
        .doesNotContainKeys("mahalanobis", "whitened-neighbour", "relative-mahalanobis");
    EvaluationReport report =
        Evaluator.evaluate(
            centres,
            calibration("raw", 200),
            around(KNOWN, 0, 50, 1),
            around(KNOWN, 0, 300, 3),
            around(List.of("x", "y"), 3, 200, 4));
    assertThat(report.scores()).containsOnlyKeys(Scores.names());
    assertThat(report("relative-mahalanobis").scores())
        .containsKey("relative-mahalanobis")
        .doesNotContainKey("mahalanobis");
  }

  @Test
  void shouldMeasureThePromiseAtEveryAlpha() {
    assertThat(report("cosine").pictures().reliability().points())
        .hasSizeGreaterThan(5)
        .allSatisfy(point -> assertThat(point.measured()).isLessThan(point.bound()))
        .anySatisfy(point -> assertThat(point.measured()).isGreaterThan(point.alpha() / 2));
  }

  @Test
  void shouldHoldThePromiseAndNoticeWhenItIsBroken() {
    EvaluationReport kept = report("raw");
    assertThat(kept.falseUnknown()).isBetween(0.01, 0.1);
    assertThat(kept.withinPromise()).isTrue();
    assertThat(kept.falseUnknownBound()).isBetween(ALPHA, 2 * ALPHA);

    // Known images from elsewhere than the calibration: the promise does not cover them.
    Features moved = around(List.of("b", "c", "d"), 1, 300, 3);
    Features mislabelled =
        new Features(KNOWN, moved.features(), moved.representations(), moved.labels());
    EvaluationReport broken =
        Evaluator.evaluate(
            centres, calibration("raw", 200), mislabelled, around(List.of("x"), 4, 10, 4));
    assertThat(broken.withinPromise()).isFalse();
    assertThat(broken.toText()).contains("BROKEN");
  }

  @Test
  void shouldBoundPooledClassesAsOne() {
    EvaluationReport report =
        Evaluator.evaluate(
            centres,
            calibration("raw", 10),
            around(KNOWN, 0, 300, 3),
            around(List.of("x"), 3, 10, 4));

    // 10 scores a class are too few for alpha 0.05, the 30 pooled ones are enough.
    assertThat(report.falseUnknownBound()).isBetween(ALPHA, 0.5);
    assertThat(report.withinPromise()).isTrue();
  }

  @Test
  void shouldListEveryClass() {
    assertThat(report("cosine").classes())
        .extracting(ClassMeasures::label, ClassMeasures::known, ClassMeasures::images)
        .containsExactly(
            tuple("a", true, 300L),
            tuple("b", true, 300L),
            tuple("c", true, 300L),
            tuple("x", false, 200L),
            tuple("y", false, 200L));
  }

  @Test
  void shouldManageWithoutUnknownImages() {
    EvaluationReport report =
        Evaluator.evaluate(
            centres,
            calibration("raw", 200),
            around(KNOWN, 0, 50, 3),
            around(List.of("x"), 3, 0, 4));

    assertThat(report.auroc()).isNaN();
    assertThat(report.unknownDetected()).isNaN();
    assertThat(report.toJson()).contains("\"auroc\" : null").doesNotContain("NaN");
    assertThat(report.toText()).contains("unknown detected          -").doesNotContain("NaN");
  }

  @Test
  void shouldRefuseATestOfOtherClasses() {
    Features others = around(List.of("a", "b", "z"), 0, 5, 3);
    assertThatThrownBy(() -> Evaluator.evaluate(centres, calibration("raw", 50), others, others))
        .hasMessageContaining("z");
  }

  @Test
  void shouldWriteTextJsonAndPicture(@TempDir Path folder) throws IOException {
    EvaluationReport report = report("nearest-neighbour");

    report.write(folder.resolve("report"));

    Path files = folder.resolve("report");
    JsonNode json = new ObjectMapper().readTree(files.resolve("report.json").toFile());
    assertThat(json.get("accuracy").asDouble()).isEqualTo(report.accuracy());
    assertThat(json.get("scores").get("raw").get("auroc").asDouble())
        .isEqualTo(report.scores().get("raw").auroc());
    assertThat(json.get("confusion").get("rows")).hasSize(4);
    assertThat(Files.readString(files.resolve("report.txt")))
        .contains("nearest-neighbour")
        .contains("chosen");
    assertThat(json.get("scores").get("cosine").get("ccrAtFpr01").asDouble())
        .isEqualTo(report.scores().get("cosine").ccrAtFpr01());
    assertThat(json.get("reliability").get(0).get("alpha").asDouble()).isEqualTo(0.01);
    for (String picture : List.of("confusion", "roc", "oscr", "distances", "reliability")) {
      assertThat(ImageIO.read(files.resolve(picture + ".png").toFile())).isNotNull();
      assertThat(Files.readAllLines(files.resolve(picture + ".csv"))).hasSizeGreaterThan(5);
    }
    assertThat(files.resolve("embedding.png")).doesNotExist();
  }
}
