package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network with its weights as DJL trains it. Takes one float32 array (N, C, H, W) with pixels
 * from 0 to 1 and gives {@code NDList(feature (N, D), representation (N, R))}; the two are the same
 * array where the network has no head. Parameters are named as in torch; the running statistics
 * require no gradient. Training needs at least two images at once, for their variance. One thread
 * at a time.
 */
public final class TrainingBlock extends AbstractBlock implements TrainingNetwork {
  private static final byte VERSION = 1;

  private final NetworkSpec spec;
  private final ParameterStore store;
  private final Map<String, Long> counters = new LinkedHashMap<>();

  TrainingBlock(NetworkSpec spec, NDManager manager, Map<String, Tensor> weights) {
    super(VERSION);
    this.spec = spec;
    store = new ParameterStore(manager, false);
    for (TensorSpec tensor : spec.tensors()) {
      Parameter parameter =
          addParameter(
              Parameter.builder()
                  .setName(tensor.name())
                  .setType(type(tensor.role()))
                  .optRequiresGrad(tensor.role().trained())
                  .build());
      NDArray array =
          manager.create(weights.get(tensor.name()).data(), new Shape(tensor.dimensions()));
      array.setRequiresGradient(tensor.role().trained());
      parameter.setArray(array);
    }
    for (String counter : spec.counters()) {
      Tensor count = weights.get(counter);
      counters.put(counter, count == null ? 0L : count.integers()[0]);
    }
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public NDList forward(NDArray pixels, boolean training) {
    return forward(store, new NDList(PixelBatch.toFloats(pixels)), training);
  }

  @Override
  public Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new LinkedHashMap<>();
    for (Parameter parameter : parameters.values()) {
      if (parameter.requiresGradient()) {
        trained.put(parameter.getName(), parameter.getArray());
      }
    }
    return trained;
  }

  @Override
  public Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : parameters.values()) {
      arrays.put(parameter.getName(), parameter.getArray());
    }
    return arrays;
  }

  @Override
  public Map<String, Tensor> export() {
    Map<String, Tensor> weights = new TreeMap<>();
    for (TensorSpec tensor : spec.tensors()) {
      float[] values = parameters.get(tensor.name()).getArray().toFloatArray();
      weights.put(tensor.name(), new Tensor(values, tensor.dimensions()));
    }
    counters.forEach((name, count) -> weights.put(name, Tensor.ofLong(count)));
    return weights;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    NDList outputs =
        new TrainingPass(parameters, store, x.getDevice(), training).run(spec.layers(), x);
    if (training) {
      counters.replaceAll((name, count) -> count + 1);
    }
    return outputs;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    long images = inputs[0].get(0);
    return new Shape[] {
      new Shape(images, spec.dimension()), new Shape(images, spec.representation())
    };
  }

  private static Parameter.Type type(TensorSpec.Role role) {
    return switch (role) {
      case WEIGHT -> Parameter.Type.WEIGHT;
      case BIAS -> Parameter.Type.BIAS;
      case SCALE, FIXED_SCALE -> Parameter.Type.GAMMA;
      case SHIFT -> Parameter.Type.BETA;
      case SLOPE -> Parameter.Type.OTHER;
      case RUNNING_MEAN -> Parameter.Type.RUNNING_MEAN;
      case RUNNING_VARIANCE -> Parameter.Type.RUNNING_VAR;
    };
  }
}
