package io.nirvanastreams.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.graph.ForeachArrays;
import io.nirvanastreams.embedding.model.InputShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The same network on several devices, each of which takes a part of every batch (data parallel).
 * Gradients are averaged on the first, weighted by the known images of the parts; there the
 * optimiser steps, and all get its weights. Batch normalisation takes the statistics of the part on
 * each device, as torch does by itself; the running statistics are averaged like the gradients.
 *
 * <p>One thread launches the work of all devices and reads nothing back before the last part is
 * launched, since the engine records gradients on one thread of a process only: devices that
 * compute on their own, as GPUs do, work at the same time, copies on one processor in turn. With
 * one device nothing is copied. One thread.
 */
final class Replicas {
  private final List<Replica> all;
  private final ForeachArrays arrays;
  private final List<NDArray> gathered;
  private final List<NDArray> gatheredStatistics;

  /**
   * Replicas with the same weights.
   *
   * @param all the first leads
   */
  Replicas(List<Replica> all) {
    this.all = List.copyOf(all);
    NDManager manager = first().manager();
    boolean several = all.size() > 1;
    arrays = several ? new ForeachArrays(manager) : null;
    gathered = several ? zeros(manager, trained(first())) : List.of();
    gatheredStatistics = several ? zeros(manager, statistics(first())) : List.of();
  }

  private static List<NDArray> zeros(NDManager manager, List<NDArray> like) {
    return like.stream().map(array -> manager.zeros(array.getShape())).toList();
  }

  private static List<NDArray> trained(Replica replica) {
    return List.copyOf(replica.trained().values());
  }

  private static List<NDArray> statistics(Replica replica) {
    return List.copyOf(replica.statistics().values());
  }

  /** The one whose weights are measured, exported and stepped. */
  Replica first() {
    return all.get(0);
  }

  /**
   * What a step came to.
   *
   * @param loss of the whole batch
   * @param right known images that were nearest to their centre
   */
  record Step(double loss, int right) {}

  /**
   * Computes the gradients of a batch, lets the first replica step and gives its weights to all.
   *
   * @param update moves the weights of the first against their gradients
   * @param centres of the classes after the update, row after row
   */
  Step step(Batch batch, InputShape shape, Runnable update, Supplier<float[]> centres) {
    List<Batch> parts = batch.parts(all.size());
    List<NDManager> scratch = new ArrayList<>();
    List<Replica.Pass> passes = new ArrayList<>();
    try {
      all.forEach(replica -> scratch.add(replica.manager().newSubManager()));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        for (int i = 0; i < all.size(); i++) {
          Batch part = parts.get(i);
          double share = (double) part.known() / batch.known();
          passes.add(all.get(i).pass(part, share, shape, scratch.get(i), collector));
        }
      }
      gather(passes);
      update.run();
      spread();
      float[] moved = centres.get();
      return new Step(
          passes.stream().mapToDouble(Replica.Pass::share).sum(),
          passes.stream().mapToInt(pass -> pass.right(moved)).sum());
    } finally {
      scratch.forEach(NDManager::close);
    }
  }

  private void gather(List<Replica.Pass> passes) {
    for (int i = 1; i < all.size(); i++) {
      addGradients(all.get(i));
    }
    if (all.size() > 1) {
      arrays.scale(statistics(first()), passes.get(0).part());
    }
    for (int i = 1; i < all.size(); i++) {
      arrays.copy(gatheredStatistics, statistics(all.get(i)));
      arrays.scale(gatheredStatistics, passes.get(i).part());
      arrays.add(statistics(first()), gatheredStatistics);
    }
  }

  private void addGradients(Replica other) {
    List<NDArray> sums = gradients(first());
    List<NDArray> parts = gradients(other);
    try {
      arrays.copy(gathered, parts);
      arrays.add(sums, gathered);
    } finally {
      sums.forEach(NDArray::close);
      parts.forEach(NDArray::close);
    }
  }

  /** New handles, which are to be closed. */
  private static List<NDArray> gradients(Replica replica) {
    return trained(replica).stream().map(NDArray::getGradient).toList();
  }

  private void spread() {
    for (Replica other : all.subList(1, all.size())) {
      arrays.copy(trained(other), trained(first()));
      arrays.copy(statistics(other), statistics(first()));
      trained(other).forEach(weight -> JniUtils.zeroGrad((PtNDArray) weight));
    }
  }
}
