package io.nirvanastreams.embedding.graph;

import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.NetworkBlocks;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.network.TrainingNetwork;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;

/**
 * Makes networks to be trained, in the execution that is asked for. Nothing is measured here: who
 * trains tries first, and what is still {@code auto} depends on the device alone. It is the graph,
 * and bfloat16 where the device has it. Stateless.
 */
public final class TrainingNetworks {
  private TrainingNetworks() {}

  /**
   * A network with given weights.
   *
   * @param manager owns the weights; closing it frees them
   * @throws IllegalArgumentException when a tensor is missing, unknown or of another shape, or for
   *     bfloat16 on a device that has none
   */
  public static TrainingNetwork load(
      NetworkSpec spec,
      NDManager manager,
      Map<String, Tensor> weights,
      ExecutionSettings settings) {
    boolean possible = Engines.hasBfloat16(manager.getDevice());
    if (settings.precision() == Precision.BF16 && !possible) {
      throw new IllegalArgumentException(
          "this device has no bf16 instructions: choose precision fp32 or auto");
    }
    if (settings.execution() == Execution.BLOCKS) {
      return NetworkBlocks.load(spec, manager, weights);
    }
    return new TrainingGraph(
        spec, manager, weights, settings.precision() != Precision.FP32 && possible);
  }
}
