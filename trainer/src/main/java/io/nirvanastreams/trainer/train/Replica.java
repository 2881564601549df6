package io.nirvanastreams.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.TrainingNetwork;
import io.nirvanastreams.trainer.loss.Loss;
import java.util.LinkedHashMap;
import java.util.Map;

/** Network and loss on one device. One thread. */
final class Replica {
  private final NDManager manager;
  private final TrainingNetwork network;
  private final Loss loss;
  private final ClassWeights weights;

  /**
   * A replica.
   *
   * @param manager of the device, which owns both
   * @param weights of the classes in the gradient
   */
  Replica(NDManager manager, TrainingNetwork network, Loss loss, ClassWeights weights) {
    this.manager = manager;
    this.network = network;
    this.loss = loss;
    this.weights = weights;
  }

  NDManager manager() {
    return manager;
  }

  TrainingNetwork network() {
    return network;
  }

  Loss loss() {
    return loss;
  }

  /** What gradients flow into, by name. */
  Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new LinkedHashMap<>(network.trained());
    trained.putAll(loss.parameters());
    return trained;
  }

  /** What the batches have moved and no gradient: the running statistics, by name. */
  Map<String, NDArray> statistics() {
    Map<String, NDArray> statistics = new LinkedHashMap<>(network.arrays());
    statistics.keySet().removeAll(network.trained().keySet());
    return statistics;
  }

  /**
   * Features of the known images and the loss, still on the device.
   *
   * @param part of the whole batch that this is, whose gradient counts by it
   */
  record Pass(Batch batch, NDArray features, NDArray loss, double part) {
    /** This part of the loss of the whole batch; waits for the device. */
    double share() {
      return part * loss.getFloat();
    }

    /** How many known images are nearest to their centre; waits for the device. */
    int right(float[] centres) {
      return NearestCentre.right(features.toFloatArray(), batch.labels(), centres);
    }
  }

  /**
   * Runs forward and backward; the gradients add to those that are there.
   *
   * @param scratch a manager of this device that owns what is made on the way
   * @param part from 0 to 1
   */
  Pass pass(
      Batch batch, double part, InputShape shape, NDManager scratch, GradientCollector collector) {
    NDArray pixels = PixelBatch.pixels(scratch, batch.images(), shape, batch.images().size());
    NDArray features = network.forward(pixels, true).get(0);
    NDArray background = null;
    if (batch.background() > 0) {
      background = features.get(new NDIndex(batch.known() + ":"));
      features = features.get(new NDIndex("0:" + batch.known()));
    }
    NDArray value = value(features, background, batch);
    collector.backward(part == 1 ? value : value.mul(scratch.create((float) part)));
    return new Pass(batch, features, value, part);
  }

  /** An image that was mixed of two counts for the classes of both, by their shares in it. */
  private NDArray value(NDArray features, NDArray background, Batch batch) {
    NDArray first = value(features, batch.labels(), background, batch.vertices());
    if (batch.secondLabels() == null) {
      return first;
    }
    NDArray second = value(features, batch.secondLabels(), background, batch.vertices());
    // Arrays and not numbers, which the engine would free before the backward pass reads them.
    NDArray weight = first.getManager().create((float) batch.weight());
    NDArray rest = first.getManager().create((float) (1 - batch.weight()));
    return first.mul(weight).add(second.mul(rest));
  }

  private NDArray value(NDArray features, int[] labels, NDArray background, int[] vertices) {
    return loss.of(weights.on(features, labels), labels, background, vertices);
  }
}
