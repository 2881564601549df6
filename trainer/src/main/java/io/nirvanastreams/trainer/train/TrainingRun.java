package io.nirvanastreams.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.graph.TrainingNetworks;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.TrainingNetwork;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Shuffle;
import io.nirvanastreams.trainer.loss.HypersphereLoss;
import io.nirvanastreams.trainer.loss.Loss;
import io.nirvanastreams.trainer.optimise.GradientNorm;
import io.nirvanastreams.trainer.optimise.Optimiser;
import io.nirvanastreams.trainer.optimise.Schedule;
import io.nirvanastreams.trainer.optimise.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Network, loss and optimiser of one run, with its native memory: what the manager owns lives as
 * long as the run, everything made for a batch dies with that batch. One thread.
 */
final class TrainingRun {
  private static final int EVALUATION_BATCH = 256;

  private final TrainingTask task;
  private final NDManager manager;
  private final Replicas replicas;
  private final TrainingNetwork network;

  /** The network that is measured and exported: the averaged one, or the one that is trained. */
  private final TrainingNetwork measured;

  private final WeightAverage average;
  private final Loss loss;
  private final Map<String, NDArray> trained;
  private final Optimiser optimiser;
  private final float[] fixedCentres;
  private final Batches batches;
  private final Schedule schedule;

  TrainingRun(TrainingTask task, NDManager manager) {
    this.task = task;
    this.manager = manager;
    Recipe recipe = task.recipe();
    Checkpoint resume = task.resume();
    NetworkSpec spec =
        Networks.byName(
            recipe.network(), recipe.networkOptions(), task.train().shape(), recipe.dimension());
    Map<String, Tensor> start = resume == null ? task.startWeights() : resume.weights();
    Tensor centres = start == null ? null : start.get(HypersphereLoss.CENTRES);
    Map<String, Tensor> weights =
        start == null ? Weights.draw(spec, task.seed()) : RunParts.networkOnly(start);
    ClassWeights weighted = ClassWeights.of(recipe.loss().old(), task.train().counts());
    List<Replica> all = new ArrayList<>();
    for (NDManager own : managers(task, manager)) {
      all.add(
          new Replica(
              own,
              TrainingNetworks.load(spec, own, weights, task.execution()),
              RunParts.loss(task, own, centres),
              weighted));
    }
    replicas = new Replicas(all);
    network = replicas.first().network();
    loss = replicas.first().loss();
    trained = replicas.first().trained();
    optimiser = RunParts.optimiser(recipe.optimiser(), trained, manager);
    if (resume != null) {
      optimiser.restore(resume.optimiser());
    }
    double decay = recipe.optimiser().average();
    if (decay > 0) {
      Map<String, Tensor> averaged = resume == null ? network.export() : resume.average();
      measured = TrainingNetworks.load(spec, manager, averaged, task.execution());
      average = new WeightAverage(network.arrays(), measured.arrays(), decay);
    } else {
      measured = network;
      average = null;
    }
    fixedCentres =
        flat(Simplex.of(recipe.dimension(), RunParts.expand(task)).first(task.classes().size()));
    batches = new Batches(task);
    schedule = RunParts.schedule(recipe, batches.count());
  }

  /** One of each device, all owned by the first, so that they end with it. */
  private static List<NDManager> managers(TrainingTask task, NDManager first) {
    List<NDManager> managers = new ArrayList<>();
    managers.add(first);
    for (String device : task.devices().subList(1, task.devices().size())) {
      managers.add(first.newSubManager(Engines.device(device)));
    }
    return managers;
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }

  /** Steps in an epoch. */
  int steps() {
    return batches.count();
  }

  /** One pass over the training images, and the validation after it. */
  EpochResult epoch(int number) {
    try (BatchStream stream = batches.epoch(number)) {
      return epoch(number, stream);
    }
  }

  private EpochResult epoch(int number, BatchStream stream) {
    long start = System.nanoTime();
    // Dropout draws from the engine's generator, which all threads share and only training uses.
    Engines.setSeed((int) Shuffle.seed(task.seed(), -number));
    long firstStep = (long) (number - 1) * steps();
    double sum = 0;
    int right = 0;
    int done = 0;
    while (stream.hasNext()) {
      Batch batch = stream.next();
      if (Thread.currentThread().isInterrupted()) {
        throw new TrainingFailedException("Training was interrupted; resume from a checkpoint");
      }
      Replicas.Step result = step(batch, firstStep + done);
      done++;
      guard(result.loss(), number, done);
      sum += result.loss();
      right += result.right();
      double rate = done * batches.size() * 1e9 / (System.nanoTime() - start);
      BatchResult progress =
          new BatchResult(number, task.recipe().epochs(), done, steps(), result.loss(), rate);
      task.listeners().forEach(listener -> listener.onBatch(progress));
    }
    double validation = accuracy(task.validation());
    return new EpochResult(
        number,
        sum / done,
        (double) right / (done * batches.size()),
        validation,
        schedule.at(firstStep + done - 1),
        (System.nanoTime() - start) / 1e9);
  }

  /**
   * One step of the optimiser.
   *
   * @param number counts from 0 over the whole run
   */
  Replicas.Step step(Batch batch, long number) {
    return replicas.step(batch, task.train().shape(), () -> update(number), this::centres);
  }

  private NDArray pixels(NDManager scratch, List<byte[]> images) {
    return PixelBatch.pixels(scratch, images, task.train().shape(), images.size());
  }

  private void update(long number) {
    double clipNorm = task.recipe().optimiser().clipNorm();
    if (clipNorm > 0) {
      GradientNorm.clip(trained.values(), clipNorm);
    }
    optimiser.step(schedule.at(number));
    loss.afterStep();
    if (average != null) {
      average.update(number);
    }
  }

  /** The centres of the classes as the loss has them now, row after row. */
  private float[] centres() {
    NDArray learned = loss.parameters().get(HypersphereLoss.CENTRES);
    return learned == null ? fixedCentres : learned.toFloatArray();
  }

  private void guard(double value, int epoch, int batch) {
    if (!Double.isFinite(value)) {
      Recipe recipe = task.recipe();
      throw new TrainingFailedException(
          "The loss became %s in epoch %d, batch %d: lower learning-rate (%s) or expand (%s)"
              .formatted(value, epoch, batch, recipe.schedule().learningRate(), recipe.expand()));
    }
  }

  private double accuracy(ImageSet images) {
    List<byte[]> pixels = images.pixels();
    float[] centres = centres();
    int right = 0;
    for (int start = 0; start < images.size(); start += EVALUATION_BATCH) {
      int end = Math.min(images.size(), start + EVALUATION_BATCH);
      int[] labels = new int[end - start];
      for (int i = start; i < end; i++) {
        labels[i - start] = images.label(i);
      }
      try (NDManager scratch = manager.newSubManager()) {
        NDArray batch = pixels(scratch, pixels.subList(start, end));
        NDArray features = measured.forward(batch, false).get(0);
        right += NearestCentre.right(features.toFloatArray(), labels, centres);
      }
    }
    return images.size() == 0 ? Double.NaN : (double) right / images.size();
  }

  /** A copy of the weights and running statistics as they are now, and of learned centres. */
  Map<String, Tensor> weights() {
    Map<String, Tensor> weights = network.export();
    loss.parameters()
        .forEach(
            (name, array) ->
                weights.put(name, new Tensor(array.toFloatArray(), array.getShape().getShape())));
    return weights;
  }

  /** The same of the network that is measured. */
  Map<String, Tensor> measuredWeights() {
    Map<String, Tensor> weights = weights();
    average().forEach(weights::put);
    return weights;
  }

  /** A copy of the averaged weights and running statistics, without counters; empty when off. */
  Map<String, Tensor> average() {
    if (average == null) {
      return Map.of();
    }
    Map<String, Tensor> averaged = measured.export();
    averaged.values().removeIf(tensor -> tensor.type() == Tensor.Type.I64);
    return averaged;
  }

  /** A copy of what the optimiser remembers now. */
  Map<String, Tensor> optimiserState() {
    return optimiser.state();
  }
}
