package io.nirvanastreams.trainer.optimise;

import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;

/**
 * Moves weights against their gradients, with what it remembers of earlier steps. One thread at a
 * time. That memory lives in the manager given at the start, because it has to be freed with the
 * weights.
 */
public interface Optimiser {

  /**
   * Moves the weights against their gradients and clears those. Must be called with the recording
   * of gradients off.
   */
  void step(double learningRate);

  /** A copy of what it remembers, to go on from. */
  Map<String, Tensor> state();

  /**
   * Goes on with what another run remembered.
   *
   * @throws IllegalArgumentException when a name is missing or a length differs
   */
  void restore(Map<String, Tensor> state);
}
