package io.nirvanastreams.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreSelectionTest {
  private static final Recipe RECIPE = TestTasks.recipe(Map.of());

  @Test
  void shouldCompareEveryScoreOnLeftOutClasses() {
    ScoreChoice choice = ScoreSelection.choose(TestTasks.of(4, RECIPE, 1), 2);

    assertThat(choice.auroc()).containsOnlyKeys(Scores.names());
    assertThat(choice.auroc().values()).allSatisfy(auroc -> assertThat(auroc).isBetween(0.0, 1.0));
    assertThat(choice.score()).isEqualTo(ScoreSelection.leaning(choice.auroc()));
  }

  @Test
  void shouldTakeAnotherScoreOnlyWhereItIsClearlyBetter() {
    Map<String, Double> auroc = new HashMap<>();
    Scores.names().forEach(name -> auroc.put(name, 0.8));
    auroc.put("cosine", 0.84);
    assertThat(ScoreSelection.leaning(auroc)).isEqualTo(Scores.DEFAULT);

    auroc.put("cosine", 0.86);
    assertThat(ScoreSelection.leaning(auroc)).isEqualTo("cosine");
  }

  @Test
  void shouldChooseTheSameForTheSameSeed() {
    TrainingTask task = TestTasks.of(3, RECIPE, 1);

    assertThat(ScoreSelection.choose(task, 3)).isEqualTo(ScoreSelection.choose(task, 3));
  }

  @Test
  void shouldNotAskWhereNothingCanBeLeftOut() {
    assertThat(ScoreSelection.choose(TestTasks.of(2, RECIPE, 1), 3))
        .isEqualTo(ScoreChoice.given(Scores.DEFAULT));
    assertThatThrownBy(() -> ScoreSelection.choose(TestTasks.of(3, RECIPE, 1), 4))
        .hasMessageContaining("2 to 3");
  }

  @Test
  void shouldEmbedThroughTheFoldedNetwork() {
    TrainingTask task = TestTasks.of(3, RECIPE, 1);
    TrainedModel model = Trainer.train(task);
    ImageSet images = TestImages.of(3, 5, 9);

    Features features = Features.of(model, List.of(images)).get(0);

    assertThat(features.size()).isEqualTo(15);
    assertThat(features.features()[0]).hasSize(8);
    assertThat(features.representations()[0]).hasSize(16);
    assertThat(features.subset(new int[] {14}).labels()).containsExactly(2);
  }
}
