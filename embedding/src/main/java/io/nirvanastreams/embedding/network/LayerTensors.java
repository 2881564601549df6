package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.network.TensorSpec.Role;
import java.util.ArrayList;
import java.util.List;

/** The float32 tensors that rows need, in their order; a block's body comes before its shortcut. */
final class LayerTensors {
  private LayerTensors() {}

  static List<TensorSpec> of(List<Layer> layers) {
    List<TensorSpec> tensors = new ArrayList<>();
    for (Layer layer : layers) {
      add(layer, tensors);
    }
    return tensors;
  }

  private static void add(Layer layer, List<TensorSpec> tensors) {
    if (layer instanceof Layer.Convolution c) {
      tensors.add(weight(c.name(), c.out(), c.in(), c.kernel(), c.kernel()));
      addBatchNorm(tensors, c.batchNorm(), c.out(), Role.SCALE);
    } else if (layer instanceof Layer.BiasedConvolution c) {
      tensors.add(weight(c.name(), c.out(), c.in(), c.kernel(), c.kernel()));
      tensors.add(vector(c.name() + ".bias", Role.BIAS, c.out()));
    } else if (layer instanceof Layer.Hidden h) {
      tensors.add(weight(h.name(), h.out(), h.in()));
      addBatchNorm(tensors, h.batchNorm(), h.out(), Role.SCALE);
    } else if (layer instanceof Layer.Linear l) {
      tensors.add(weight(l.name(), l.out(), l.in()));
      tensors.add(vector(l.name() + ".bias", Role.BIAS, l.out()));
    } else if (layer instanceof Layer.BatchNorm b) {
      Role scale = b.scaleTrained() ? Role.SCALE : Role.FIXED_SCALE;
      addBatchNorm(tensors, b.name(), b.channels(), scale);
    } else if (layer instanceof Layer.ScaleShift s) {
      tensors.add(vector(s.name() + ".weight", Role.FIXED_SCALE, s.channels()));
      tensors.add(vector(s.name() + ".bias", Role.SHIFT, s.channels()));
    } else if (layer instanceof Layer.PRelu p) {
      tensors.add(vector(p.name() + ".weight", Role.SLOPE, p.slopes()));
    } else if (layer instanceof Layer.Residual block) {
      tensors.addAll(of(block.body()));
      tensors.addAll(of(block.shortcut()));
    }
  }

  private static TensorSpec weight(String layer, Integer... shape) {
    return new TensorSpec(layer + ".weight", Role.WEIGHT, List.of(shape));
  }

  private static TensorSpec vector(String name, Role role, int size) {
    return new TensorSpec(name, role, List.of(size));
  }

  private static void addBatchNorm(List<TensorSpec> tensors, String name, int size, Role scale) {
    tensors.add(vector(name + ".weight", scale, size));
    tensors.add(vector(name + ".bias", Role.SHIFT, size));
    tensors.add(vector(name + ".running_mean", Role.RUNNING_MEAN, size));
    tensors.add(vector(name + ".running_var", Role.RUNNING_VARIANCE, size));
  }
}
