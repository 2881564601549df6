package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The result of a training run. Immutable.
 *
 * @param spec what the model is
 * @param weights of the selected epoch, ready for {@link
 *     io.nirvanastreams.embedding.model.ModelArtifacts}
 * @param lastWeights of the last epoch; the same as {@code weights} when that was selected
 * @param centres (C, D) that the loss has learned for the selected epoch, or null when they are the
 *     first vertices of the spec's simplex, as they are of every model that is served
 * @param selectedEpoch the best by validation, the later of equals; the last without validation
 * @param curve one result an epoch
 * @param recipe it was trained by
 * @param seed it was trained with
 * @param dataHash of the training images
 * @param seconds the run took
 */
public record TrainedModel(
    ModelSpec spec,
    Map<String, Tensor> weights,
    Map<String, Tensor> lastWeights,
    Tensor centres,
    int selectedEpoch,
    List<EpochResult> curve,
    Recipe recipe,
    long seed,
    String dataHash,
    double seconds) {

  /** Copies the collections. */
  public TrainedModel {
    weights = Map.copyOf(weights);
    lastWeights = Map.copyOf(lastWeights);
    curve = List.copyOf(curve);
  }

  /**
   * Whether a lead can be given to its old classes: something is added to the features last, and
   * the centres are fixed.
   */
  public boolean canLead() {
    return FeatureShift.isPossible(recipe, spec.input());
  }

  /**
   * The same network with another lead of the old classes, as if the recipe had asked for it from
   * the start (to float rounding where it had asked for one already).
   *
   * @throws IllegalArgumentException when it cannot be given one
   */
  public TrainedModel withOldLead(double lead) {
    OldClasses old = recipe.loss().old();
    FeatureShift shift = FeatureShift.of(recipe, spec, lead - old.lead());
    return new TrainedModel(
        spec,
        shift.on(weights),
        shift.on(lastWeights),
        centres,
        selectedEpoch,
        curve,
        recipe.with(old.withLead(lead)),
        seed,
        dataHash,
        seconds);
  }

  /** The result of the selected epoch. */
  public EpochResult selected() {
    return curve.get(selectedEpoch - 1);
  }
}
