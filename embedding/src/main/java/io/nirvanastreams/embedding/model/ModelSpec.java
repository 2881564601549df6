package io.nirvanastreams.embedding.model;

import io.nirvanastreams.openset.simplex.Simplex;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model is, apart from its weights: enough to build the network and to name its answers.
 * Immutable.
 *
 * @param name the model's name; versions of one model share it
 * @param version counts up from 1
 * @param architecture a name of {@link io.nirvanastreams.embedding.network.Networks#names()}
 * @param options settings of the architecture; sorted by key
 * @param input the images it takes
 * @param classes labels in the order of their simplex vertices
 * @param dimension D, the length of a feature; at least classes - 1
 * @param expand E, the distance of every class centre from the origin
 */
public record ModelSpec(
    String name,
    int version,
    String architecture,
    Map<String, String> options,
    InputShape input,
    List<String> classes,
    int dimension,
    double expand) {

  /**
   * Copies the collections and checks the values.
   *
   * @throws IllegalArgumentException for blank names, a version below 1, repeated classes, more
   *     classes than vertices (D + 1), or an E that is not positive and finite
   */
  public ModelSpec {
    if (name.isBlank() || architecture.isBlank()) {
      throw new IllegalArgumentException("a model has a name and an architecture");
    }
    if (version < 1) {
      throw new IllegalArgumentException("versions count from 1, not " + version);
    }
    if (dimension < 1 || classes.size() > dimension + 1) {
      throw new IllegalArgumentException(
          classes.size()
              + " classes do not fit the simplex of dimension "
              + dimension
              + ": set the dimension to at least "
              + Math.max(1, classes.size() - 1)
              + ", with the option dam where the network's own features are shorter");
    }
    if (new HashSet<>(classes).size() != classes.size()) {
      throw new IllegalArgumentException("a class is listed twice: " + classes);
    }
    if (!(expand > 0) || Double.isInfinite(expand)) {
      throw new IllegalArgumentException("E is positive and finite, not " + expand);
    }
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    classes = List.copyOf(classes);
  }

  /** The centres of the classes, in order: the first vertices of the simplex. */
  public float[][] centres() {
    return Simplex.of(dimension, expand).first(classes.size());
  }
}
