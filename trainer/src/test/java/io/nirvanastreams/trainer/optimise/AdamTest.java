package io.nirvanastreams.trainer.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static final float[] FACTORS = {1, 0.5f, 2};
  private static final float[] START = {1, -2, 3};

  private NDManager manager;
  private boolean recording;

  @BeforeEach
  void open() {
    manager = Engines.newManager(Device.cpu());
    recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
  }

  @AfterEach
  void close() {
    JniUtils.setGradMode(recording);
    manager.close();
  }

  private NDArray weights(float[] values) {
    NDArray weights = manager.create(values);
    weights.setRequiresGradient(true);
    return weights;
  }

  /** One step on sum(a w^2). */
  private void step(Optimiser optimiser, NDArray weights, double rate) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(manager.create(FACTORS).mul(weights.square()).sum());
    }
    optimiser.step(rate);
  }

  /** The same in doubles, by torch's definition. */
  private static double[] reference(int steps, double decay) {
    double[] w = {START[0], START[1], START[2]};
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= steps; t++) {
      double rate = 0.1 / t;
      for (int i = 0; i < 3; i++) {
        double g = 2 * FACTORS[i] * w[i] + decay * w[i];
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        double mean = m[i] / (1 - Math.pow(0.9, t));
        double square = v[i] / (1 - Math.pow(0.999, t));
        w[i] -= rate * mean / (Math.sqrt(square) + 1e-8);
      }
    }
    return w;
  }

  @Test
  void shouldFollowTheDefinitionStepByStep() {
    NDArray weights = weights(START);
    Adam adam = new Adam(Map.of("w", weights), manager, 0.9, 0.01);

    for (int t = 1; t <= 20; t++) {
      step(adam, weights, 0.1 / t);
      double[] expected = reference(t, 0.01);
      for (int i = 0; i < 3; i++) {
        assertThat((double) weights.toFloatArray()[i]).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  @Test
  void shouldMoveByTheRateFirst() {
    NDArray weights = weights(START);

    step(new Adam(Map.of("w", weights), manager, 0.9, 0), weights, 0.01);

    // What torch.optim.Adam does at its first step, whatever the size of the gradient.
    assertThat(weights.toFloatArray())
        .containsExactly(new float[] {0.99f, -1.99f, 2.99f}, within(1e-6f));
  }

  @Test
  void shouldGoOnBitForBitFromAStoredState() {
    NDArray weights = weights(START);
    Adam adam = new Adam(Map.of("w", weights), manager, 0.9, 0.01);
    step(adam, weights, 0.1);
    step(adam, weights, 0.1);
    NDArray copy = weights(weights.toFloatArray());
    Adam other = new Adam(Map.of("w", copy), manager, 0.9, 0.01);
    other.restore(adam.state());

    step(adam, weights, 0.1);
    step(other, copy, 0.1);

    assertThat(copy.toFloatArray()).containsExactly(weights.toFloatArray());
    assertThatThrownBy(() -> other.restore(Map.of())).hasMessageContaining("'w'");
  }

  @Test
  void shouldShortenGradientsThatAreTooLong() {
    NDArray first = weights(START);
    NDArray second = weights(new float[] {2, 0, -1});
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(first.square().sum().add(second.square().sum()));
    }
    // Twice the weights: the squares are 4, 16, 36, 16, 0, 4.
    double length = Math.sqrt(76);

    assertThat(GradientNorm.clip(Map.of("a", first, "b", second).values(), 100))
        .isCloseTo(length, within(1e-5));
    assertThat(first.getGradient().toFloatArray()).containsExactly(2, -4, 6);
    GradientNorm.clip(Map.of("a", first, "b", second).values(), 2);

    float[] clipped = first.getGradient().toFloatArray();
    assertThat((double) clipped[1]).isCloseTo(-4 * 2 / length, within(1e-5));
    assertThat((double) second.getGradient().toFloatArray()[0])
        .isCloseTo(4 * 2 / length, within(1e-5));
    assertThat(GradientNorm.clip(Map.of("a", first, "b", second).values(), 2))
        .isCloseTo(2, within(1e-5));
  }

  @Test
  void shouldAverageWeights() {
    NDArray weights = manager.create(new float[] {1, 10});
    NDArray averages = manager.create(new float[] {0, 0});
    WeightAverage average = new WeightAverage(Map.of("w", weights), Map.of("w", averages), 0.5);

    average.update(0); // keeps a tenth
    assertThat(averages.toFloatArray()).containsExactly(new float[] {0.9f, 9}, within(1e-6f));
    average.update(1000); // keeps a half
    assertThat(averages.toFloatArray()).containsExactly(new float[] {0.95f, 9.5f}, within(1e-6f));
    assertThat(weights.toFloatArray()).containsExactly(1, 10);
    assertThatThrownBy(() -> new WeightAverage(Map.of("w", weights), Map.of(), 0.5))
        .hasMessageContaining("exactly");
    assertThatThrownBy(() -> new WeightAverage(Map.of(), Map.of(), 1)).hasMessageContaining("1.0");
  }
}
