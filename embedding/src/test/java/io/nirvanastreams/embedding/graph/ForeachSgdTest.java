package io.nirvanastreams.embedding.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForeachSgdTest {
  private final NDManager manager = Engines.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void shouldMoveAllWeightsAsTorchDoes() {
    NDArray first = manager.create(new float[] {1, -2});
    NDArray second = manager.create(new float[] {0.5f});
    List<NDArray> weights = List.of(first, second);
    weights.forEach(weight -> weight.setRequiresGradient(true));
    List<NDArray> velocities = weights.stream().map(NDArray::zerosLike).toList();
    ForeachSgd optimiser = new ForeachSgd(manager, weights, velocities);
    double[] expected = {1, -2, 0.5};
    double[] velocity = new double[3];

    for (double rate : new double[] {0.1, 0.05, 0.02}) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        // The gradients are twice the first and three times the square of the second.
        collector.backward(first.square().sum().add(second.pow(3).sum()));
      }
      optimiser.step(rate, 0.9, 0.01);
      for (int i = 0; i < 3; i++) {
        double gradient = i < 2 ? 2 * expected[i] : 3 * expected[i] * expected[i];
        velocity[i] = 0.9 * velocity[i] + gradient + 0.01 * expected[i];
        expected[i] -= rate * velocity[i];
      }
    }

    assertThat(first.toFloatArray())
        .containsExactly(new float[] {(float) expected[0], (float) expected[1]}, within());
    assertThat(second.toFloatArray()).containsExactly(new float[] {(float) expected[2]}, within());
    assertThat(first.getGradient().toFloatArray()).containsOnly(0);
  }

  @Test
  void shouldRefuseListsThatDoNotFit() {
    NDArray weight = manager.create(new float[] {1});

    assertThatThrownBy(() -> new ForeachSgd(manager, List.of(weight), List.of()))
        .hasMessageContaining("0 velocities for 1 weights");
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-6f);
  }
}
