package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Added to the variance by batch normalisation, as in torch. */
  public static final float EPSILON = 1e-5f;

  /**
   * Copies the collections and lets the sizes of an image pass through the table.
   *
   * @throws IllegalArgumentException when the rows do not fit each other or the images, or do not
   *     end in D values
   */
  public NetworkSpec {
    layers = List.copyOf(layers);
    ignored = Set.copyOf(ignored);
    List<Integer> feature = LayerShapes.after(layers, input);
    if (!feature.equals(List.of(dimension))) {
      throw new IllegalArgumentException(
          architecture + " gives features of " + feature + ", not of " + dimension);
    }
  }

  /** How new weights are drawn. */
  public enum Initialisation {
    /** Convolutions from N(0, 0.05), normalisation weights from N(1, 0.02), as the authors do. */
    AUTHORS,
    /** Kaiming's normal distribution over the inputs of a unit; normalisation weights 1. */
    KAIMING,
    /** Weights and biases uniform up to 1 / sqrt(inputs of a unit), as torch does by itself. */
    TORCH,
    /** Convolutions from Kaiming's normal distribution over their outputs; the rest as TORCH. */
    RESNET,
    /** Convolutions from N(0, 0.1); the rest as TORCH. */
    IRESNET
  }

  /** R, the length of the representation: that of the feature where the table names no other. */
  public int representation() {
    int row = layers.indexOf(new Layer.Representation());
    List<Integer> shape = LayerShapes.after(row < 0 ? layers : layers.subList(0, row), input);
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * The name of the tensor (D) that the last layer adds to the feature, so that what is added to it
   * is added to the feature of every image; empty where the feature comes out of an activation or a
   * mean.
   */
  public Optional<String> featureBias() {
    List<Layer> computing =
        layers.stream().filter(row -> !(row instanceof Layer.Representation)).toList();
    Layer last = computing.get(computing.size() - 1);
    if (last instanceof Layer.Linear linear) {
      return Optional.of(linear.name() + ".bias");
    }
    return last instanceof Layer.BatchNorm norm
        ? Optional.of(norm.name() + ".bias")
        : Optional.empty();
  }

  /** The number of trained values. */
  public long parameters() {
    return tensors().stream()
        .filter(tensor -> tensor.role().trained())
        .mapToLong(tensor -> Tensor.count(tensor.dimensions()))
        .sum();
  }

  /** The float32 tensors of the network in the order of its layers. */
  public List<TensorSpec> tensors() {
    return LayerTensors.of(layers);
  }

  /** The same table without the rows that draw at random in training; the tensors are the same. */
  public NetworkSpec withoutDropout() {
    List<Layer> kept =
        layers.stream()
            .filter(row -> !(row instanceof Layer.DropChannels || row instanceof Layer.DropValues))
            .toList();
    return new NetworkSpec(architecture, input, dimension, kept, initialisation, ignored);
  }

  /** The names of the int64 scalars that count the batches each normalisation has seen. */
  public List<String> counters() {
    return tensors().stream()
        .filter(tensor -> tensor.role() == TensorSpec.Role.RUNNING_MEAN)
        .map(tensor -> tensor.name().replace("running_mean", "num_batches_tracked"))
        .toList();
  }

  /**
   * Checks that weights are those of this network. Counters may be missing.
   *
   * @throws IllegalArgumentException when a tensor is missing, unknown or of another shape
   */
  public void require(Map<String, Tensor> weights) {
    List<String> known = new ArrayList<>(counters());
    for (TensorSpec tensor : tensors()) {
      known.add(tensor.name());
      Tensor found = weights.get(tensor.name());
      if (found == null) {
        throw new IllegalArgumentException(architecture + " needs the tensor " + tensor.name());
      }
      if (found.type() != Tensor.Type.F32 || !Arrays.equals(found.shape(), tensor.dimensions())) {
        throw new IllegalArgumentException(
            tensor.name() + " is " + found + ", " + architecture + " needs F32" + tensor.shape());
      }
    }
    for (String name : weights.keySet()) {
      if (!known.contains(name) && !ignored.contains(name)) {
        throw new IllegalArgumentException(architecture + " has no tensor " + name);
      }
    }
  }
}
