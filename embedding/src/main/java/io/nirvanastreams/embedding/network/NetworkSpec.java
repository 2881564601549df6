package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  /** The float32 tensors of the network in the order of its layers. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer instanceof Layer.Convolution c) {
        tensors.add(TensorSpec.weight(c.name(), c.out(), c.in(), c.kernel(), c.kernel()));
        TensorSpec.addBatchNorm(tensors, c.batchNorm(), c.out());
      } else if (layer instanceof Layer.Hidden h) {
        tensors.add(TensorSpec.weight(h.name(), h.out(), h.in()));
        TensorSpec.addBatchNorm(tensors, h.batchNorm(), h.out());
      } else if (layer instanceof Layer.Linear l) {
        tensors.add(TensorSpec.weight(l.name(), l.out(), l.in()));
        tensors.add(new TensorSpec(l.name() + ".bias", TensorSpec.Role.BIAS, List.of(l.out())));
      }
    }
    return tensors;
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
