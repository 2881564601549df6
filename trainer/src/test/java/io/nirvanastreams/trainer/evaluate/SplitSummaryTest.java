package io.nirvanastreams.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.openset.measure.Spread;
import io.nirvanastreams.openset.score.Score;
import io.nirvanastreams.openset.score.ScoreMaterial;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.openset.simplex.Simplex;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitSummaryTest {
  private static final Simplex SIMPLEX = Simplex.of(6, 3);
  private static final List<String> KNOWN = List.of("a", "b", "c");
  private static final float[][] CENTRES = SIMPLEX.first(3);

  @Test
  void shouldSummariseOverTheSplits() throws IOException {
    EvaluationReport one = report(1, true);
    EvaluationReport two = report(2, true);
    Map<String, EvaluationReport> reports = new LinkedHashMap<>();
    reports.put("first", one);
    reports.put("second", two);

    SplitSummary summary = new SplitSummary(reports);

    double mean = (one.auroc() + two.auroc()) / 2;
    double deviation = Math.abs(one.auroc() - two.auroc()) / Math.sqrt(2);
    assertThat(deviation).isPositive();
    Spread auroc = summary.decisions().get("auroc");
    assertThat(auroc.mean()).isCloseTo(mean, within(1e-12));
    assertThat(auroc.deviation()).isCloseTo(deviation, within(1e-12));
    assertThat(summary.scores()).containsOnlyKeys(Scores.names());
    assertThat(summary.scores().get("cosine").get("auroc")).isEqualTo(auroc);
    assertThat(summary.toMarkdown())
        .contains("| split | accuracy | auroc |")
        .contains("| mean |")
        .contains(String.format(Locale.ROOT, "%.4f ± %.4f", mean, deviation));
    assertThat(summary.toCsv().lines())
        .hasSize(1 + 2 * (7 + 9 * Scores.names().size()))
        .contains("second,cosine,auroc," + two.auroc());
    JsonNode json = new ObjectMapper().readTree(summary.toJson());
    assertThat(json.get("scores").get("residual").get("oscr").get("mean").asDouble())
        .isEqualTo(summary.scores().get("residual").get("oscr").mean());
  }

  @Test
  void shouldGiveASingleSplitWithoutADeviation() {
    SplitSummary summary = new SplitSummary(Map.of("only", report(1, true)));
    assertThat(summary.toMarkdown()).doesNotContain("±").doesNotContain("NaN");
    assertThat(summary.toJson()).contains("\"deviation\" : null");
  }

  @Test
  void shouldRefuseSplitsThatCannotBeCompared() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SplitSummary(Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SplitSummary(Map.of("one", report(1, true), "two", report(2, false))))
        .withMessageContaining("training images");
  }

  @Test
  void shouldKeepTheConformalPromiseOverDraws() {
    Features heldOut = around(KNOWN, 0, 300, 5);
    Score score = Scores.byName("raw", ScoreMaterial.of(CENTRES));

    ConformalStudy study =
        ConformalStudy.of(score, CENTRES, heldOut, 400, List.of(0.01, 0.05, 0.1), 30, 1);

    assertThat(study.rows()).hasSize(6).allMatch(ConformalStudy.Row::kept);
    // The promise is not kept by refusing nothing.
    assertThat(study.rows())
        .allSatisfy(row -> assertThat(row.rate().mean()).isGreaterThan(row.alpha() / 4));
    assertThat(study.toMarkdown())
        .contains("conformal-global, alpha 0.05")
        .doesNotContain("BROKEN");
    assertThat(new ConformalStudy.Row("m", 0.05, List.of(0.09, 0.1, 0.11)).kept()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConformalStudy.of(score, CENTRES, heldOut, 900, List.of(0.1), 30, 1))
        .withMessageContaining("900 of 900");
  }

  private static EvaluationReport report(long seed, boolean fitted) {
    Features train = around(KNOWN, 0, 60, seed);
    return Evaluator.evaluate(
        CENTRES,
        CalibrationFit.fit(
            CalibrationSettings.conformal(0.05, ScoreChoice.given("cosine"), 1),
            "v1",
            CENTRES,
            train,
            around(KNOWN, 0, 100, seed + 10)),
        fitted ? train : Features.none(KNOWN),
        around(KNOWN, 0, 100, seed + 20),
        around(List.of("x"), 3, 100, seed + 30));
  }

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
}
