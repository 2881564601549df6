package io.nirvanastreams.embedding.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.TensorSpec;
import io.nirvanastreams.embedding.network.TrainingNetwork;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network in training as two graphs, one for training and one for the evaluation between epochs.
 * They share the weights, which are plain float32 arrays outside of them. The evaluation is always
 * in float32, as the model will be when it answers. One thread at a time.
 */
public final class TrainingGraph implements TrainingNetwork {
  private final NetworkSpec spec;
  private final ScriptModule training;
  private final ScriptModule evaluation;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private final List<NDArray> weights;
  private final Map<String, Long> counters = new LinkedHashMap<>();

  /**
   * Compiles the graphs and copies the weights.
   *
   * @param manager owns code and weights; closing it frees them
   * @param reduced computes the convolutions of training in bfloat16
   * @throws IllegalArgumentException when a tensor is missing, unknown or of another shape
   * @throws ai.djl.engine.EngineException when the engine lacks an operation of the graph
   */
  public TrainingGraph(
      NetworkSpec spec, NDManager manager, Map<String, Tensor> tensors, boolean reduced) {
    spec.require(tensors);
    this.spec = spec;
    TrainingSource source = new TrainingSource(spec.input(), reduced, true);
    training = new ScriptModule(manager, List.of(source.forward(spec.layers())));
    TrainingSource unreduced = new TrainingSource(spec.input(), false, false);
    evaluation = new ScriptModule(manager, List.of(unreduced.forward(spec.layers())));
    for (TensorSpec tensor : spec.tensors()) {
      float[] values = tensors.get(tensor.name()).data();
      NDArray array = manager.create(values, new Shape(tensor.dimensions()));
      array.setRequiresGradient(tensor.role().trained());
      arrays.put(tensor.name(), array);
    }
    weights = source.text().weights().stream().map(arrays::get).toList();
    for (String counter : spec.counters()) {
      Tensor count = tensors.get(counter);
      counters.put(counter, count == null ? 0L : count.integers()[0]);
    }
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public NDList forward(NDArray pixels, boolean inTraining) {
    NDList outputs;
    if (inTraining) {
      outputs = training.record(pixels, weights);
      counters.replaceAll((name, count) -> count + 1);
    } else {
      outputs = evaluation.run("forward", pixels.getManager(), pixels, weights);
    }
    return outputs.size() > 1 ? outputs : new NDList(outputs.get(0), outputs.get(0));
  }

  @Override
  public Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new LinkedHashMap<>();
    for (TensorSpec tensor : spec.tensors()) {
      if (tensor.role().trained()) {
        trained.put(tensor.name(), arrays.get(tensor.name()));
      }
    }
    return trained;
  }

  @Override
  public Map<String, NDArray> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  @Override
  public Map<String, Tensor> export() {
    Map<String, Tensor> exported = new TreeMap<>();
    arrays.forEach(
        (name, array) ->
            exported.put(name, new Tensor(array.toFloatArray(), array.getShape().getShape())));
    counters.forEach((name, count) -> exported.put(name, Tensor.ofLong(count)));
    return exported;
  }
}
