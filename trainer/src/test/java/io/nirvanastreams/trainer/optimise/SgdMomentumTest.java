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
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SgdMomentumTest {
  private static final double MOMENTUM = 0.9;

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

  private static JsonNode golden() throws IOException {
    try (InputStream in = SgdMomentumTest.class.getResourceAsStream("/golden/sgd.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private NDArray floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.get(i).asDouble();
    }
    return manager.create(floats);
  }

  private static float lossStep(SgdMomentum optimiser, NDArray a, NDArray w, double rate) {
    float value;
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = a.mul(w.square()).sum();
      collector.backward(loss);
      value = loss.getFloat();
    }
    optimiser.step(rate);
    return value;
  }

  @Test
  void shouldFollowTorchStepByStep() throws IOException {
    JsonNode golden = golden();
    NDArray a = floats(golden.get("a"));
    NDArray w = floats(golden.get("start"));
    w.setRequiresGradient(true);
    SgdMomentum optimiser = new SgdMomentum(Map.of("w", w), manager, MOMENTUM, 1e-4);
    CosineSchedule schedule = new CosineSchedule(0.1, golden.get("steps").size());

    for (int step = 0; step < golden.get("steps").size(); step++) {
      JsonNode expected = golden.get("steps").get(step);
      assertThat(schedule.at(step)).isCloseTo(expected.get("lr").asDouble(), within(1e-12));
      double loss = lossStep(optimiser, a, w, schedule.at(step));
      double reference = expected.get("loss").asDouble();
      assertThat(loss).isCloseTo(reference, within(1e-5 * Math.max(1, reference)));
    }

    float[] end = w.toFloatArray();
    for (int i = 0; i < end.length; i++) {
      assertThat((double) end[i]).isCloseTo(golden.get("end").get(i).asDouble(), within(1e-5));
    }
  }

  @Test
  void shouldGoOnFromAStoredMomentum() {
    NDArray a = manager.create(new float[] {1, 2});
    NDArray w = manager.create(new float[] {1, -1});
    w.setRequiresGradient(true);
    SgdMomentum optimiser = new SgdMomentum(Map.of("w", w), manager, MOMENTUM, 0);
    lossStep(optimiser, a, w, 0.1);
    Map<String, Tensor> state = optimiser.state();
    NDArray copy = manager.create(w.toFloatArray());
    copy.setRequiresGradient(true);
    SgdMomentum other = new SgdMomentum(Map.of("w", copy), manager, MOMENTUM, 0);
    other.restore(state);

    lossStep(optimiser, a, w, 0.1);
    lossStep(other, a, copy, 0.1);

    assertThat(copy.toFloatArray()).containsExactly(w.toFloatArray());
    assertThatThrownBy(() -> other.restore(Map.of())).hasMessageContaining("'w'");
  }
}
