package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.loss.VertexLoss;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private static final float[] FEATURES = {1, 2, -1, 0.5f, 3, -2};
  private static final int[] LABELS = {0, 2, 1};

  /** The gradient of the default loss for three features in the plane, classes 0 and 1 old. */
  private static float[] gradient(ClassWeights weights, float[] value) {
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      NDArray features = manager.create(FEATURES, new Shape(3, 2));
      features.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray loss =
            new VertexLoss(Simplex.of(2, 1), 1)
                .of(weights.on(features, LABELS), LABELS, null, null);
        collector.backward(loss);
        value[0] = loss.getFloat();
      }
      return features.getGradient().toFloatArray();
    }
  }

  @Test
  void shouldMultiplyTheGradientOfEachImageAndLeaveTheLoss() {
    float[] plainLoss = new float[1];
    float[] weightedLoss = new float[1];
    float[] plain = gradient(ClassWeights.of(OldClasses.NONE, new int[] {10, 10, 5}), plainLoss);

    // Twenty images that count 3 and five that count 1: 25 in 65.
    ClassWeights weights = ClassWeights.of(new OldClasses(2, 3), new int[] {10, 10, 5});
    float[] weighted = gradient(weights, weightedLoss);

    double old = 3 * 25.0 / 65;
    double added = 25.0 / 65;
    double[] factors = {old, old, added, added, old, old};
    for (int i = 0; i < plain.length; i++) {
      assertThat((double) weighted[i]).isCloseTo(factors[i] * plain[i], within(1e-6));
    }
    assertThat(weightedLoss[0]).isEqualTo(plainLoss[0]);
  }

  @Test
  void shouldTrainTheSameWithoutAWeightAndOtherwiseWithOne() {
    Recipe recipe = TestTasks.recipe(Map.of("epochs", "1"));
    TrainedModel plain = Trainer.train(TestTasks.of(3, recipe, 1));

    TrainedModel equal = Trainer.train(TestTasks.of(3, recipe.with(new OldClasses(2, 1)), 1));
    TrainedModel weighted = Trainer.train(TestTasks.of(3, recipe.with(new OldClasses(2, 4)), 1));

    String name = plain.weights().keySet().iterator().next();
    assertThat(equal.weights().get(name).data()).isEqualTo(plain.weights().get(name).data());
    assertThat(weighted.weights().get(name).data()).isNotEqualTo(plain.weights().get(name).data());
  }

  @Test
  void shouldRefuseMoreOldClassesThanThereAre() {
    Recipe recipe = TestTasks.recipe(Map.of()).with(new OldClasses(4, 2));

    assertThatThrownBy(() -> TestTasks.of(3, recipe, 1)).hasMessageContaining("4 of 3 classes");
  }
}
