package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.Golden;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingBlockTest {
  private static final InputShape DIGIT = new InputShape(1, 28, 28);
  private static final NetworkSpec SMALL = Networks.byName("lenet-small", Map.of(), DIGIT, 32);

  private final NDManager manager = Engines.newManager(Device.cpu());
  private final ParameterStore store = new ParameterStore(manager, false);

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void shouldGiveFeatureAndRepresentation() {
    TrainingBlock block = NetworkBlocks.create(SMALL, manager, 1);
    NDArray images = images(5, DIGIT);

    NDList outputs = block.forward(store, new NDList(images), true);

    assertThat(outputs.getShapes())
        .isEqualTo(block.getOutputShapes(new Shape[] {images.getShape()}))
        .containsExactly(new Shape(5, 32), new Shape(5, 64));
  }

  @Test
  void shouldDrawTheSameWeightsForTheSameSeedOnly() {
    Map<String, Tensor> first = NetworkBlocks.create(SMALL, manager, 7).export();

    assertThat(NetworkBlocks.create(SMALL, manager, 7).export()).isEqualTo(first);
    assertThat(NetworkBlocks.create(SMALL, manager, 8).export().get("conv1.weight"))
        .isNotEqualTo(first.get("conv1.weight"));
  }

  @Test
  void shouldExportWhatItLoaded() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of(), new InputShape(3, 32, 32), 128);
    Map<String, Tensor> golden = Golden.tensors("classifier32.safetensors");

    Map<String, Tensor> exported = NetworkBlocks.load(spec, manager, golden).export();

    assertThat(exported).hasSize(9 * 6).containsKey("bn9.num_batches_tracked");
    exported.forEach((name, tensor) -> assertThat(tensor).as(name).isEqualTo(golden.get(name)));
  }

  @Test
  void shouldUpdateRunningStatisticsAsTorchDoes() {
    TrainingBlock block = NetworkBlocks.create(SMALL, manager, 1);
    NDArray images = images(8, DIGIT);
    NDArray weight = block.getParameters().get("conv1.weight").getArray();
    NDArray first =
        images
            .getNDArrayInternal()
            .convolution(images, weight, null, new Shape(1, 1), new Shape(1, 1), new Shape(1, 1), 1)
            .singletonOrThrow()
            .get("{}, 0", manager.create(new int[] {0, 1, 2, 3, 4, 5, 6, 7}));
    float mean = first.mean().getFloat();
    double unbiased = first.sub(mean).square().sum().getFloat() / (first.size() - 1.0);

    block.forward(store, new NDList(images), true);
    Map<String, Tensor> after = block.export();

    assertThat(after.get("bn1.running_mean").data()[0]).isCloseTo(0.1f * mean, within(1e-5f));
    assertThat(after.get("bn1.running_var").data()[0])
        .isCloseTo((float) (0.9 + 0.1 * unbiased), within(1e-5f));
    assertThat(after.get("bn1.num_batches_tracked").integers()).containsExactly(1);
  }

  @Test
  void shouldLetGradientsReachEveryTrainedTensor() {
    TrainingBlock block = NetworkBlocks.create(SMALL, manager, 3);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDList outputs = block.forward(store, new NDList(images(6, DIGIT)), true);
      collector.backward(outputs.get(0).square().mean());
    }

    for (TensorSpec tensor : SMALL.tensors()) {
      NDArray array = block.getParameters().get(tensor.name()).getArray();
      assertThat(array.hasGradient()).as(tensor.name()).isEqualTo(tensor.role().trained());
      if (tensor.role().trained()) {
        assertThat(array.getGradient().abs().sum().getFloat()).as(tensor.name()).isPositive();
      }
    }
  }

  @Test
  void shouldDropWholeChannelsInTrainingOnly() {
    TrainingPass training = new TrainingPass(Map.of(), store, Device.cpu(), true);
    Layer.DropChannels half = new Layer.DropChannels(0.5f);
    NDArray ones = manager.ones(new Shape(4, 64, 3, 3));

    float[] dropped = training.dropChannels(half, ones).toFloatArray();

    int zeros = 0;
    for (int channel = 0; channel < 4 * 64; channel++) {
      float first = dropped[channel * 9];
      assertThat(first).isIn(0f, 2f);
      for (int pixel = 1; pixel < 9; pixel++) {
        assertThat(dropped[channel * 9 + pixel]).isEqualTo(first);
      }
      zeros += first == 0 ? 1 : 0;
    }
    assertThat(zeros).isBetween(80, 176);
    assertThat(new TrainingPass(Map.of(), store, Device.cpu(), false).dropChannels(half, ones))
        .isSameAs(ones);
  }

  @Test
  void shouldDropSingleValuesInTrainingOnly() {
    TrainingPass training = new TrainingPass(Map.of(), store, Device.cpu(), true);
    TrainingPass evaluation = new TrainingPass(Map.of(), store, Device.cpu(), false);
    Layer.DropValues half = new Layer.DropValues(0.5f);
    NDArray ones = manager.ones(new Shape(4, 100));

    float[] dropped = training.special(half, ones).toFloatArray();

    assertThat(dropped).containsOnly(0, 2);
    int zeros = 0;
    for (float value : dropped) {
      zeros += value == 0 ? 1 : 0;
    }
    assertThat(zeros).isBetween(140, 260);
    assertThat(evaluation.special(half, ones)).isSameAs(ones);
  }

  @Test
  void shouldFoldAsTheUnfoldedNetworkComputes() {
    TrainingBlock block = NetworkBlocks.create(SMALL, manager, 5);
    for (int step = 0; step < 20; step++) {
      block.forward(store, new NDList(images(16, DIGIT)), true);
    }
    NDList unfolded = block.forward(store, new NDList(images(4, DIGIT)), false);

    NDList folded =
        new InferenceNetwork(SMALL, manager, block.export(), false).forward(images(4, DIGIT));

    for (int output = 0; output < 2; output++) {
      assertThat(folded.get(output).toFloatArray())
          .containsExactly(unfolded.get(output).toFloatArray(), within(1e-4f));
    }
  }

  @Test
  void shouldRefuseWeightsThatDoNotFit() {
    Map<String, Tensor> weights = new HashMap<>(Weights.draw(SMALL, 1));
    weights.remove("fc.bias");
    assertThatThrownBy(() -> NetworkBlocks.load(SMALL, manager, weights))
        .hasMessageContaining("needs the tensor fc.bias");

    weights.put("fc.bias", new Tensor(new float[31], new long[] {31}));
    assertThatThrownBy(() -> NetworkBlocks.load(SMALL, manager, weights))
        .hasMessageContaining("fc.bias is F32[31]");

    weights.put("fc.bias", new Tensor(new float[32], new long[] {32}));
    weights.put("extra", new Tensor(new float[1], new long[] {1}));
    assertThatThrownBy(() -> NetworkBlocks.load(SMALL, manager, weights))
        .hasMessageContaining("no tensor extra");
  }

  private NDArray images(int count, InputShape shape) {
    Random random = new Random(count);
    List<byte[]> images =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  byte[] image = new byte[shape.size()];
                  random.nextBytes(image);
                  return image;
                })
            .toList();
    return PixelBatch.toArray(manager, images, shape);
  }

  private static Offset<Float> within(float tolerance) {
    return Offset.offset(tolerance);
  }
}
