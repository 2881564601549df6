package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds batch normalisation into the layer before it or, where that is exact, behind it. With the
 * running statistics the normalisation is {@code s * y + (shift - s * mean)}, s = scale /
 * sqrt(variance + epsilon), for each channel. The weights of a layer before it take the factor s,
 * its bias the rest; so do the weights of a linear layer behind it. A convolution behind it cannot
 * take the rest: its padding is 0, not the shift. There the normalisation stays, as a {@link
 * Layer.ScaleShift}.
 */
final class Folding {
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> folded = new HashMap<>();

  Folding(Map<String, Tensor> weights) {
    this.weights = weights;
  }

  FrozenNetwork fold(List<Layer> layers) {
    return new FrozenNetwork(rows(layers), folded);
  }

  private List<Layer> rows(List<Layer> layers) {
    List<Layer> rows = new ArrayList<>();
    // What the next linear layer still has to take in.
    Affine pending = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Layer next = i + 1 < layers.size() ? layers.get(i + 1) : null;
      if (layer instanceof Layer.Convolution c) {
        behind(c.name(), false, affine(c.batchNorm()));
        rows.add(
            new Layer.BiasedConvolution(
                c.name(), c.in(), c.out(), c.kernel(), c.stride(), c.padding()));
      } else if (layer instanceof Layer.Hidden h) {
        behind(h.name(), false, affine(h.batchNorm()));
        rows.add(new Layer.Linear(h.name(), h.in(), h.out()));
      } else if (layer instanceof Layer.BiasedConvolution c) {
        i += biased(c.name(), next);
        rows.add(layer);
      } else if (layer instanceof Layer.Linear l) {
        i += biased(l.name(), next);
        if (pending != null) {
          before(l.name(), pending);
          pending = null;
        }
        rows.add(layer);
      } else if (layer instanceof Layer.BatchNorm b) {
        if (beforeLinear(layers, i)) {
          pending = affine(b.name());
        } else {
          keep(b.name());
          rows.add(new Layer.ScaleShift(b.name(), b.channels()));
        }
      } else if (layer instanceof Layer.Residual block) {
        rows.add(new Layer.Residual(rows(block.body()), rows(block.shortcut())));
      } else if (!dropout(layer)) {
        if (layer instanceof Layer.PRelu activation) {
          folded.put(activation.name() + ".weight", weights.get(activation.name() + ".weight"));
        }
        rows.add(layer);
      }
    }
    return rows;
  }

  /** Gives how many rows behind it the layer has taken in. */
  private int biased(String name, Layer next) {
    if (next instanceof Layer.BatchNorm b) {
      behind(name, true, affine(b.name()));
      return 1;
    }
    folded.put(name + ".weight", weights.get(name + ".weight"));
    folded.put(name + ".bias", weights.get(name + ".bias"));
    return 0;
  }

  private static boolean dropout(Layer layer) {
    return layer instanceof Layer.DropChannels || layer instanceof Layer.DropValues;
  }

  private static boolean beforeLinear(List<Layer> layers, int batchNorm) {
    int next = batchNorm + 1;
    while (next < layers.size()
        && (layers.get(next) instanceof Layer.Flatten || dropout(layers.get(next)))) {
      next++;
    }
    return next < layers.size() && layers.get(next) instanceof Layer.Linear;
  }

  /** The normalisation comes behind the layer. */
  private void behind(String name, boolean biased, Affine affine) {
    Tensor weight = weights.get(name + ".weight");
    float[] values = weight.data().clone();
    float[] bias = new float[affine.factors().length];
    int inputs = values.length / bias.length;
    for (int out = 0; out < bias.length; out++) {
      double factor = affine.factors()[out];
      for (int i = out * inputs; i < (out + 1) * inputs; i++) {
        values[i] = (float) (values[i] * factor);
      }
      double own = biased ? weights.get(name + ".bias").data()[out] * factor : 0;
      bias[out] = (float) (own + affine.shifts()[out]);
    }
    put(name, values, weight.shape(), bias);
  }

  /** The normalisation comes before a linear layer, whose inputs are the pixels of its channels. */
  private void before(String name, Affine affine) {
    Tensor weight = folded.get(name + ".weight");
    float[] values = weight.data().clone();
    float[] bias = folded.get(name + ".bias").data().clone();
    int inputs = values.length / bias.length;
    int pixels = inputs / affine.factors().length;
    for (int out = 0; out < bias.length; out++) {
      double sum = bias[out];
      for (int in = 0; in < inputs; in++) {
        int i = out * inputs + in;
        sum += values[i] * affine.shifts()[in / pixels];
        values[i] = (float) (values[i] * affine.factors()[in / pixels]);
      }
      bias[out] = (float) sum;
    }
    put(name, values, weight.shape(), bias);
  }

  private void keep(String batchNorm) {
    Affine affine = affine(batchNorm);
    float[] factors = new float[affine.factors().length];
    float[] shifts = new float[factors.length];
    for (int channel = 0; channel < factors.length; channel++) {
      factors[channel] = (float) affine.factors()[channel];
      shifts[channel] = (float) affine.shifts()[channel];
    }
    put(batchNorm, factors, new long[] {factors.length}, shifts);
  }

  private void put(String name, float[] values, long[] shape, float[] bias) {
    folded.put(name + ".weight", new Tensor(values, shape));
    folded.put(name + ".bias", new Tensor(bias, new long[] {bias.length}));
  }

  private Affine affine(String batchNorm) {
    float[] scale = weights.get(batchNorm + ".weight").data();
    float[] shift = weights.get(batchNorm + ".bias").data();
    float[] mean = weights.get(batchNorm + ".running_mean").data();
    float[] variance = weights.get(batchNorm + ".running_var").data();
    double[] factors = new double[scale.length];
    double[] shifts = new double[scale.length];
    for (int channel = 0; channel < scale.length; channel++) {
      factors[channel] =
          scale[channel] / Math.sqrt(variance[channel] + (double) NetworkSpec.EPSILON);
      shifts[channel] = shift[channel] - mean[channel] * factors[channel];
    }
    return new Affine(factors, shifts);
  }

  /** factor * x + shift for each channel. */
  @SuppressWarnings("ArrayRecordComponent") // Lives within this class and is never compared.
  private record Affine(double[] factors, double[] shifts) {}
}
