package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.List;
import java.util.Map;

/**
 * All that a training run needs to go on after an epoch as if it had never stopped. Random draws
 * depend on the seed and the epoch's number alone, so no generator state has to be kept.
 *
 * @param recipe of the run
 * @param classes in vertex order
 * @param seed of the run
 * @param dataHash {@link io.nirvanastreams.trainer.data.ImageSet#sha256()} of the training images
 * @param execution that the run was in, or null where an older release did not note it
 * @param curve one result an epoch that is done
 * @param weights after the last of them, with the centres that the loss learns
 * @param average moving average of the weights; empty when it is off
 * @param optimiser what it remembers
 * @param selectedEpoch the best by validation so far
 * @param selectedWeights the weights after that epoch, averaged when that is on
 */
public record Checkpoint(
    Recipe recipe,
    List<String> classes,
    long seed,
    String dataHash,
    ExecutionSettings execution,
    List<EpochResult> curve,
    Map<String, Tensor> weights,
    Map<String, Tensor> average,
    Map<String, Tensor> optimiser,
    int selectedEpoch,
    Map<String, Tensor> selectedWeights) {

  /** Copies the collections. */
  public Checkpoint {
    classes = List.copyOf(classes);
    curve = List.copyOf(curve);
    weights = Map.copyOf(weights);
    average = Map.copyOf(average);
    optimiser = Map.copyOf(optimiser);
    selectedWeights = Map.copyOf(selectedWeights);
  }
}
