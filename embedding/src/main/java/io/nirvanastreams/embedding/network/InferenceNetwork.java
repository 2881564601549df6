package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with frozen weights, batch normalisation folded as {@link FrozenNetwork} has it. No
 * array of it requires a gradient, so no thread builds a graph, whatever its gradient mode. Safe
 * for any thread; the input's manager must be the caller's own.
 */
public final class InferenceNetwork implements FeatureExtractor {
  private final NetworkSpec spec;
  private final List<Layer> layers;
  private final boolean rowByRow;
  private final Map<String, NDArray> arrays = new HashMap<>();

  /**
   * Folds the weights and puts them on the manager's device.
   *
   * @param manager owns the weights; closing it frees them
   * @param rowByRow multiplies each image with the linear layers by itself. As one product of the
   *     batch it is faster, but several threads share the rows out, and the last bits of a row then
   *     depend on where in the batch it stands. Convolutions treat each image alike as it is.
   * @throws IllegalArgumentException when a tensor is missing, unknown or of another shape
   */
  public InferenceNetwork(
      NetworkSpec spec, NDManager manager, Map<String, Tensor> weights, boolean rowByRow) {
    FrozenNetwork frozen = FrozenNetwork.of(spec, weights);
    this.spec = spec;
    this.layers = frozen.layers();
    this.rowByRow = rowByRow;
    for (Map.Entry<String, Tensor> folded : frozen.tensors().entrySet()) {
      Tensor tensor = folded.getValue();
      arrays.put(folded.getKey(), manager.create(tensor.data(), new Shape(tensor.shape())));
    }
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  /**
   * Runs the network.
   *
   * @param input float32 (N, C, H, W) with pixels from 0 to 1; closed as soon as it is used
   * @return {@code NDList(feature (N, D), representation (N, R))}, owned by the input's manager
   */
  public NDList forward(NDArray input) {
    return new Pass().run(layers, input);
  }

  @Override
  public NDList extract(NDArray pixels) {
    NDArray input = PixelBatch.toFloats(pixels);
    pixels.close();
    return forward(input);
  }

  private final class Pass extends ForwardPass {
    @Override
    NDArray special(Layer layer, NDArray x) {
      if (layer instanceof Layer.ScaleShift s) {
        NDArray scaled = x.mul(channels(tensor(s.name() + ".weight"), x));
        return scaled.addi(channels(tensor(s.name() + ".bias"), x));
      }
      throw new IllegalStateException("no rule for " + layer + " in inference");
    }

    @Override
    NDArray tensor(String name) {
      return arrays.get(name);
    }

    @Override
    NDArray add(NDArray first, NDArray second) {
      return first.addi(second);
    }

    @Override
    NDArray scale(NDArray x, NDArray factors) {
      return x.muli(channels(factors, x));
    }

    @Override
    void used(NDArray x) {
      // Freed at once, the memory of one layer serves the next but one.
      x.close();
    }

    @Override
    NDArray product(NDArray x, NDArray weight, NDArray bias) {
      if (!rowByRow) {
        return Linear.linear(x, weight, bias).singletonOrThrow();
      }
      long images = x.getShape().get(0);
      long outputs = weight.getShape().get(0);
      long inputs = weight.getShape().get(1);
      // Views of the weight belong to its manager, which outlives the call.
      try (NDArray transposed = weight.transpose();
          NDArray one = transposed.expandDims(0);
          NDArray shared = one.broadcast(images, inputs, outputs)) {
        NDArray rows = x.reshape(images, 1, inputs);
        return rows.batchMatMul(shared).reshape(images, outputs).addi(bias);
      }
    }
  }
}
