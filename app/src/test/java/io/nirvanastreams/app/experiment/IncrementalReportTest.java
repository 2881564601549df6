package io.nirvanastreams.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.trainer.train.Recipe;
import java.util.List;
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
    VersionMeasures scratch = measures(new ClassShares(0.89, 0.89, 0.9, 0.8, 0.88), NONE, NONE, 4);

    String text =
        new IncrementalReport(
                "n",
                "c",
                "m",
                List.of("cat", "dog"),
                "cosine",
                recipe,
                recipe.forFineTuning(),
                7,
                first,
                List.of(new IncrementalStep(2, "owl", first, tuned, scratch)))
            .toMarkdown();

    assertThat(text)
        .contains("| - | version 1 | - | - | - | - | - | 90.0 | - | 90.0 | 80.0 | 85.0 | 3 |")
        .contains(
            "| owl | fine-tuned | 90.0 | 88.5 | +1.50 | -0.50 | +0.50 | 88.0 | 75.0 | 87.0 | - | -"
                + " | 1 |")
        .contains("|  | from scratch |  | 89.0 |  |  |  | 89.0 | 80.0 | 88.0 | - | - | 4 |")
        .contains("m, 8 s.");
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
