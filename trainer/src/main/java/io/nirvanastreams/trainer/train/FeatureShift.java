package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Moves every feature of a network by the same vector, in the weights: it is added to what the last
 * layer adds. Immutable.
 *
 * <p>The lead of {@link OldClasses} is such a shift: minus the lead times the sum of the new
 * classes' vertices. Vertices have equal norms, so the nearest is the one of the largest inner
 * product with the feature. The shift takes (1 + 1/D) times the lead, in units of E squared, from
 * every new class against every old one, and changes nothing among the old or among the new.
 */
public final class FeatureShift {
  private static final FeatureShift NONE = new FeatureShift("", new float[0]);

  /** The tensor that the vector is added to; empty for no shift. */
  private final String bias;

  private final float[] vector;

  private FeatureShift(String bias, float[] vector) {
    this.bias = bias;
    this.vector = vector;
  }

  /** The shift that a task's recipe asks for. */
  static FeatureShift of(TrainingTask task) {
    return of(task.recipe(), task.spec(), task.recipe().loss().old().lead());
  }

  /**
   * The shift that gives the old classes of a recipe a lead, or takes it away where it is negative.
   *
   * @throws IllegalArgumentException when the network or the loss has no place for it
   */
  static FeatureShift of(Recipe recipe, ModelSpec spec, double lead) {
    if (lead == 0) {
      return NONE;
    }
    String bias = require(recipe, spec.input());
    return new FeatureShift(bias, vector(spec, recipe.loss().old().count(), lead));
  }

  /**
   * What is added to every feature.
   *
   * @param oldClasses how many of the first classes are old
   * @return D values
   */
  public static float[] vector(ModelSpec spec, int oldClasses, double lead) {
    float[][] centres = spec.centres();
    float[] vector = new float[spec.dimension()];
    for (int d = 0; d < vector.length; d++) {
      double sum = 0;
      for (int c = oldClasses; c < centres.length; c++) {
        sum += centres[c][d];
      }
      vector[d] = (float) (-lead * sum);
    }
    return vector;
  }

  static boolean isPossible(Recipe recipe, InputShape input) {
    return bias(recipe, input).isPresent();
  }

  /** The name of the tensor that a shift goes into. */
  static String require(Recipe recipe, InputShape input) {
    return bias(recipe, input)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "old-lead needs fixed centres and a network whose last layer adds to the"
                        + " features; with the loss %s and %s of D = %d set it to 0"
                            .formatted(
                                recipe.toMap().get("loss"), recipe.network(), recipe.dimension())));
  }

  private static Optional<String> bias(Recipe recipe, InputShape input) {
    if (recipe.loss().learnsCentres()) {
      return Optional.empty();
    }
    NetworkSpec network =
        Networks.byName(recipe.network(), recipe.networkOptions(), input, recipe.dimension());
    return network.featureBias();
  }

  /** The same weights with the shift. */
  Map<String, Tensor> on(Map<String, Tensor> weights) {
    if (vector.length == 0) {
      return weights;
    }
    Tensor before = weights.get(bias);
    float[] after = before.data().clone();
    for (int d = 0; d < after.length; d++) {
      after[d] += vector[d];
    }
    Map<String, Tensor> shifted = new TreeMap<>(weights);
    shifted.put(bias, new Tensor(after, before.shape()));
    return shifted;
  }
}
