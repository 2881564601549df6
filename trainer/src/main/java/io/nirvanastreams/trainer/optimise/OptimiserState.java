package io.nirvanastreams.trainer.optimise;

import ai.djl.ndarray.NDArray;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies arrays by name out of the engine and back. Stateless. */
final class OptimiserState {
  private OptimiserState() {}

  /** The values of arrays, their names with a suffix. */
  static Map<String, Tensor> copy(Map<String, NDArray> arrays, String suffix) {
    Map<String, Tensor> copy = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) ->
            copy.put(name + suffix, new Tensor(array.toFloatArray(), array.getShape().getShape())));
    return copy;
  }

  /**
   * Sets arrays to the values of their names with a suffix.
   *
   * @throws IllegalArgumentException when a name is missing or a length differs
   */
  static void restore(Map<String, NDArray> arrays, String suffix, Map<String, Tensor> state) {
    arrays.forEach(
        (name, array) -> {
          Tensor tensor = state.get(name + suffix);
          if (tensor == null || tensor.data().length != array.size()) {
            throw new IllegalArgumentException(
                "The optimiser's memory of '" + name + "' does not fit");
          }
          array.set(tensor.data());
        });
  }
}
