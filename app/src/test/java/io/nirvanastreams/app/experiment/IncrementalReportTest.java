package io.nirvanastreams.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.trainer.retrain.BoundedLearning;
import io.nirvanastreams.trainer.retrain.Forgetting;
import io.nirvanastreams.trainer.retrain.ForgettingLimit;
import io.nirvanastreams.trainer.retrain.LearningAttempt;
import io.nirvanastreams.trainer.train.Recipe;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IncrementalReportTest {
  private static final double NONE = Double.NaN;

  private static VersionMeasures measures(
      ClassShares test, double raw, double chosen, double seconds) {
    ClassShares validation = new ClassShares(0.5, 0.5, 0.5, 0.5, 0.5);
    return new VersionMeasures(validation, test, raw, chosen, seconds);
  }

  @Test
  void shouldSayWhatTheOldClassesLost() {
    Recipe recipe = Recipe.forImages(new InputShape(1, 28, 28));
    VersionMeasures first = measures(new ClassShares(0.9, 0.9, 0.9, NONE, 0.9), 0.8, 0.85, 3);
    VersionMeasures tuned =
        measures(new ClassShares(0.88, 0.885, 0.905, 0.75, 0.87), NONE, NONE, 1);
    VersionMeasures forgetful =
        measures(new ClassShares(0.86, 0.865, 0.9, 0.85, 0.86), NONE, NONE, 2);
    VersionMeasures scratch = measures(new ClassShares(0.89, 0.89, 0.9, 0.8, 0.88), NONE, NONE, 4);

    BoundedLearning<VersionMeasures> tuning =
        new BoundedLearning<>(
            new ForgettingLimit(0.01, 2),
            List.of(
                new LearningAttempt<>(forgetful, 1, 0, new Forgetting(100, 90, 5, 1), 0.8),
                new LearningAttempt<>(tuned, 1.5, 0.08, new Forgetting(100, 90, 3, 1), 0.7)),
            1);

    String text =
        new IncrementalReport(
                "n",
                "c",
                "m",
                List.of("cat", "dog"),
                "cosine",
                recipe,
                recipe.forFineTuning(2),
                new IncrementalPlan(List.of("owl"), 7, new ForgettingLimit(0.01, 2), Map.of()),
                first,
                List.of(new IncrementalStep(2, "owl", first, tuning, scratch)))
            .toMarkdown();

    assertThat(text)
        .contains("| - | version 1 | - | - | - | - | - | 90.0 | - | 90.0 | 80.0 | 85.0 | 3 |")
        .contains(
            "| owl | fine-tuned | 90.0 | 88.5 | +1.50 | -0.50 | +0.50 | 88.0 | 75.0 | 87.0 | - | -"
                + " | 1 |")
        .contains("|  | from scratch |  | 89.0 |  |  |  | 89.0 | 80.0 | 88.0 | - | - | 4 |")
        .contains("m, 10 s.")
        .contains("| owl | 1.00 | 0.00 | +4.00 +- 2.42 | 80.0 | +3.50 | 85.0 |  |")
        .contains(
            "| owl | 1.50 | 0.08 | +2.00 +- 1.99 | 70.0 | +1.50 | 75.0 | yes, beyond the limit |");
  }

  @Test
  void shouldCountAmongTheClassesAskedFor() {
    float[][] centres = {{0}, {4}, {6}};
    List<Evidence> images =
        Stream.of(0f, 5.5f, 6f)
            .map(value -> Evidence.of(new float[] {value}, new float[] {1}, centres))
            .toList();
    NearestVertices nearest = new NearestVertices(new int[] {0, 1, 2}, images);

    assertThat(nearest.accuracy(0, 2, 3)).isEqualTo(0.5);
    assertThat(nearest.accuracy(0, 2, 2)).isEqualTo(1);
    assertThat(nearest.accuracy(2, 3, 3)).isEqualTo(1);
    assertThat(nearest.accuracy(3, 4, 3)).isNaN();
  }
}
