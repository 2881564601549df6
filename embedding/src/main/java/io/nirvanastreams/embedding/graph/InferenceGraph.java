package io.nirvanastreams.embedding.graph;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.embedding.network.FeatureExtractor;
import io.nirvanastreams.embedding.network.FrozenNetwork;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network with frozen weights as one graph, folded, fused and with weights packed for the device.
 * No gradient is ever recorded. Safe for any thread; the input's manager must be the caller's own.
 */
public final class InferenceGraph implements FeatureExtractor {
  private final NetworkSpec spec;
  private final ScriptModule module;
  private final List<NDArray> weights;

  /**
   * Compiles the graph and packs the weights.
   *
   * @param manager owns code and weights; closing it frees them
   * @param reduced computes convolutions in bfloat16
   * @param rowByRow as in {@link io.nirvanastreams.embedding.network.InferenceNetwork}
   * @throws IllegalArgumentException when a tensor is missing, unknown or of another shape
   * @throws ai.djl.engine.EngineException when the engine lacks an operation of the graph
   */
  public InferenceGraph(
      NetworkSpec spec,
      NDManager manager,
      Map<String, Tensor> tensors,
      boolean reduced,
      boolean rowByRow) {
    this(spec, manager, tensors, reduced, rowByRow, manager.getDevice().equals(Device.cpu()));
  }

  /** The form without the CPU's own operations runs on any device. */
  InferenceGraph(
      NetworkSpec spec,
      NDManager manager,
      Map<String, Tensor> tensors,
      boolean reduced,
      boolean rowByRow,
      boolean fused) {
    FrozenNetwork frozen = FrozenNetwork.of(spec, tensors);
    this.spec = spec;
    InferenceSource source = new InferenceSource(spec.input(), reduced, fused, rowByRow);
    String forward = source.forward(frozen.layers());
    module = new ScriptModule(manager, List.of(forward, source.pack()));
    try (NDManager plain = manager.newSubManager()) {
      List<NDArray> arrays = new ArrayList<>();
      for (String name : source.text().weights()) {
        Tensor tensor = frozen.tensors().get(name);
        arrays.add(plain.create(tensor.data(), new Shape(tensor.shape())));
      }
      weights = List.copyOf(module.run("pack", manager, arrays));
    }
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public NDList extract(NDArray pixels) {
    NDList outputs = module.run("forward", pixels.getManager(), pixels, weights);
    pixels.close();
    return outputs.size() > 1 ? outputs : new NDList(outputs.get(0), outputs.get(0));
  }
}
