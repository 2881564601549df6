package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.retrain.Forgetting;
import io.nirvanastreams.trainer.retrain.LearningAttempt;
import io.nirvanastreams.trainer.retrain.MeasuredLeads;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureShiftTest {
  private static final ImageSet IMAGES = TestImages.of(3, 20, 2);

  private static TrainedModel trained(double lead, String execution) {
    Recipe recipe =
        TestTasks.recipe(Map.of("epochs", "2")).with(new OldClasses(2, 1).withLead(lead));
    return Trainer.train(TestTasks.of(3, recipe, 1).in(ExecutionSettings.of(execution, "fp32")));
  }

  private static Features features(TrainedModel model, ImageSet images) throws Exception {
    try (Embedder embedder = Embedder.load(model.spec(), model.weights(), EmbedderOptions.cpu())) {
      return Features.of(embedder, images);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocks", "graph"})
  void shouldBeTheSameAfterTrainingAsAskedForByTheRecipe(String execution) {
    TrainedModel plain = trained(0, execution);
    TrainedModel asked = trained(0.25, execution);

    assertThat(asked.weights()).isNotEqualTo(plain.weights());
    assertThat(plain.withOldLead(0.25).weights()).isEqualTo(asked.weights());
    assertThat(plain.withOldLead(0.25).lastWeights()).isEqualTo(asked.lastWeights());
    assertThat(plain.withOldLead(0.25).recipe()).isEqualTo(asked.recipe());
  }

  @Test
  void shouldMoveEveryFeatureAgainstTheNewClassesOnly() throws Exception {
    TrainedModel model = trained(0, "blocks");
    float[][] before = features(model, IMAGES).features();
    float[][] after = features(model.withOldLead(0.25), IMAGES).features();
    float[][] centres = model.spec().centres();
    double radius = model.spec().expand() * model.spec().expand();

    for (int i = 0; i < before.length; i++) {
      double[] moved = new double[3];
      for (int c = 0; c < 3; c++) {
        for (int d = 0; d < before[i].length; d++) {
          moved[c] += (after[i][d] - before[i][d]) * centres[c][d] / radius;
        }
      }
      assertThat(moved[2]).isCloseTo(-0.25, within(1e-5));
      assertThat(moved[0]).isCloseTo(0.25 / 8, within(1e-5));
      assertThat(moved[1]).isCloseTo(moved[0], within(1e-5));
    }
  }

  @Test
  void shouldBePredictedFromTheFeaturesAsTrained() throws Exception {
    TrainedModel parent = Trainer.train(TestTasks.of(2, TestTasks.recipe(Map.of()), 1));
    TrainedModel model = trained(0, "blocks");
    ImageSet old = TestImages.of(2, 100, 3);
    try (Embedder before = embedder(parent);
        Embedder after = embedder(model)) {
      MeasuredLeads<TrainedModel> leads =
          new MeasuredLeads<>(
              before,
              after,
              0,
              old,
              lead -> {
                TrainedModel led = model.withOldLead(lead);
                try (Embedder with = embedder(led)) {
                  return new LearningAttempt<>(
                      led, 1, lead, Forgetting.between(before, with, old), 0.5);
                }
              });

      assertThat(leads.forgetting(0)).isEqualTo(Forgetting.between(before, after, old));
      assertThat(leads.forgetting(0.3)).isEqualTo(leads.with(0.3).forgetting());
      assertThat(leads.forgetting(0.9).fall()).isLessThanOrEqualTo(leads.forgetting(0).fall());
    }
  }

  private static Embedder embedder(TrainedModel model) throws BadModelException {
    return Embedder.load(model.spec(), model.weights(), EmbedderOptions.cpu());
  }

  @Test
  void shouldRefuseWhatHasNoPlaceForIt() {
    Recipe recipe = TestTasks.recipe(Map.of("loss", "hypersphere"));
    assertThatThrownBy(() -> TestTasks.of(3, recipe.with(new OldClasses(2, 1, 0.1)), 1))
        .hasMessageContaining("old-lead needs fixed centres");
    assertThat(FeatureShift.isPossible(recipe, TestImages.SHAPE)).isFalse();
    assertThat(FeatureShift.isPossible(TestTasks.recipe(Map.of()), TestImages.SHAPE)).isTrue();
  }
}
