package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import java.util.Set;

/**
 * A network as a table of layers, from which both the training block and the inference block are
 * made. The output of the last layer is the feature. Immutable.
 *
 * @param architecture the name it was asked for by
 * @param input the images it takes
 * @param dimension D, the length of the feature
 * @param layers in order
 * @param initialisation how new weights are drawn
 * @param ignored tensors that a weights file may carry and that the network has no use for
 */
public record NetworkSpec(
    String architecture,
    InputShape input,
    int dimension,
    List<Layer> layers,
    Initialisation initialisation,
    Set<String> ignored) {

  /** Copies the collections. */
  public NetworkSpec {
    layers = List.copyOf(layers);
    ignored = Set.copyOf(ignored);
  }

  /** How new weights are drawn. */
  public enum Initialisation {
    /** Convolutions from N(0, 0.05), normalisation weights from N(1, 0.02), as the authors do. */
    AUTHORS,
    /** Kaiming's normal distribution over the inputs of a unit; normalisation weights 1. */
    KAIMING
  }
}
