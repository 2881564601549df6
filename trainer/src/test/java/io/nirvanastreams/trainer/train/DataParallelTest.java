package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.graph.TrainingNetworks;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.Layer;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.optimise.Adam;
import io.nirvanastreams.trainer.optimise.Optimiser;
import io.nirvanastreams.trainer.optimise.SgdMomentum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataParallelTest {
  private static final List<String> TWO = List.of("cpu", "cpu");

  /**
   * Two runs that differ in nothing but the devices; no network of the product lacks statistics.
   */
  private static Map<String, Tensor> steps(
      Execution execution, String background, boolean adam, int devices) {
    InputShape shape = TestImages.SHAPE;
    NetworkSpec spec =
        new NetworkSpec(
            "plain",
            shape,
            8,
            List.of(
                new Layer.BiasedConvolution("conv", 1, 4, 3, 1, 1),
                new Layer.LeakyRelu(0.1f),
                new Layer.Flatten(),
                new Layer.Linear("fc", 4 * 64, 8)),
            NetworkSpec.Initialisation.TORCH,
            Set.of());
    TrainingTask task =
        TestTasks.of(3, TestTasks.recipe(Map.of("background", background, "batch-size", "24")), 5);
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager manager = Engines.newManager(Device.cpu());
        BatchStream stream = new Batches(task, 0).epoch(1)) {
      List<Replica> all = new ArrayList<>();
      for (int i = 0; i < devices; i++) {
        NDManager own = manager.newSubManager();
        all.add(
            new Replica(
                own,
                TrainingNetworks.load(
                    spec,
                    own,
                    Weights.draw(spec, 1),
                    new ExecutionSettings(execution, Precision.FP32)),
                RunParts.loss(task, own, null),
                ClassWeights.of(task.recipe().loss().old(), task.train().counts())));
      }
      Replicas replicas = new Replicas(all);
      Map<String, NDArray> trained = replicas.first().trained();
      Optimiser optimiser =
          adam
              ? new Adam(trained, manager, 0.9, 1e-4)
              : new SgdMomentum(trained, manager, 0.9, 1e-4);
      for (int step = 0; step < 5; step++) {
        replicas.step(stream.next(), shape, () -> optimiser.step(0.01), () -> new float[3 * 8]);
      }
      Map<String, Tensor> weights = replicas.first().network().export();
      all.forEach(
          replica ->
              assertThat(replica.network().export()).usingRecursiveComparison().isEqualTo(weights));
      return weights;
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  @ParameterizedTest
  @CsvSource({"BLOCKS, none, false, 2", "GRAPH, rotated, false, 2", "GRAPH, mixed, true, 3"})
  void shouldTakeTheStepsOfOneDevice(
      Execution execution, String background, boolean adam, int devices) {
    Map<String, Tensor> one = steps(execution, background, adam, 1);

    steps(execution, background, adam, devices)
        .forEach(
            (name, tensor) ->
                assertThat(tensor.data())
                    .as(name)
                    .containsExactly(one.get(name).data(), within(1e-5f)));
  }

  @Test
  void shouldAverageTheRunningStatistics() {
    Recipe recipe =
        TestTasks.recipe(Map.of("epochs", "1", "batch-size", "120", "learning-rate", "1e-9"));
    TrainingTask one = TestTasks.of(3, recipe, 5);

    Map<String, Tensor> alone = Trainer.train(one).lastWeights();
    Map<String, Tensor> shared = Trainer.train(one.across(TWO)).lastWeights();

    // Of the first layer, which sees the same images: means average exactly, variances about.
    String mean =
        alone.keySet().stream()
            .filter(name -> name.endsWith("running_mean"))
            .sorted()
            .findFirst()
            .orElseThrow();
    assertThat(shared.get(mean).data()).containsExactly(alone.get(mean).data(), within(1e-5f));
    String variance = mean.replace("running_mean", "running_var");
    assertThat(shared.get(variance).data())
        .containsExactly(alone.get(variance).data(), within(0.05f));
    assertThat(shared.get(mean.replace("running_mean", "num_batches_tracked")).integers())
        .containsExactly(1);
  }

  @Test
  void shouldEndUpTheSameWhenResumed(@TempDir Path folder) throws IOException {
    Recipe recipe = TestTasks.recipe(Map.of("ema", "0.9", "clip-norm", "1", "epochs", "3"));
    TrainingTask task = TestTasks.of(3, recipe, 5).across(TWO);
    TrainedModel whole = Trainer.train(task);
    Path file = folder.resolve("checkpoint.zip");
    TrainingListener breaker =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult result, Supplier<Checkpoint> state) {
            throw new IllegalStateException("pulled the plug");
          }
        };
    assertThatThrownBy(
            () ->
                Trainer.train(
                    task.withListener(new CheckpointWriter(file, 1)).withListener(breaker)))
        .hasMessage("pulled the plug");

    TrainedModel resumed = Trainer.train(task.withResume(CheckpointFile.read(file)));

    assertThat(Safetensors.write(resumed.lastWeights()))
        .isEqualTo(Safetensors.write(whole.lastWeights()));
    assertThat(whole.selected().validationAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void shouldStopWhenTheLossIsNoNumber() {
    Recipe wild = TestTasks.recipe(Map.of("learning-rate", "1e30"));

    assertThatThrownBy(() -> Trainer.train(TestTasks.of(3, wild, 1).across(TWO)))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("lower learning-rate");
  }

  @Test
  void shouldSayWhatCannotBe() {
    TrainingTask task = TestTasks.of(3, TestTasks.recipe(Map.of("batch-size", "3")), 1);

    assertThatThrownBy(() -> Trainer.train(task.across(List.of("cpu", "gpu:7"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gpu:7");
    assertThatThrownBy(() -> Trainer.train(task.across(TWO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raise batch-size");
    assertThatThrownBy(() -> task.across(List.of())).hasMessageContaining("needs a device");
  }
}
