package io.nirvanastreams.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.network.NetworkBlocks;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.TrainingBlock;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Shuffle;
import io.nirvanastreams.trainer.loss.Loss;
import io.nirvanastreams.trainer.loss.OpenSetLoss;
import io.nirvanastreams.trainer.loss.VertexLoss;
import io.nirvanastreams.trainer.optimise.CosineSchedule;
import io.nirvanastreams.trainer.optimise.SgdMomentum;
import java.util.LinkedHashMap;
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
  private final TrainingBlock block;
  private final ParameterStore store;
  private final SgdMomentum optimiser;
  private final Loss loss;
  private final float[][] centres;
  private final Batches batches;
  private final CosineSchedule schedule;

  TrainingRun(TrainingTask task, NDManager manager) {
    this.task = task;
    this.manager = manager;
    Recipe recipe = task.recipe();
    NetworkSpec network =
        Networks.byName(
            recipe.network(), recipe.networkOptions(), task.train().shape(), recipe.dimension());
    Map<String, Tensor> start =
        task.resume() == null ? task.startWeights() : task.resume().weights();
    block =
        start == null
            ? NetworkBlocks.create(network, manager, task.seed())
            : NetworkBlocks.load(network, manager, start);
    store = new ParameterStore(manager, false);
    optimiser = new SgdMomentum(trainable(block), manager, recipe.momentum(), recipe.weightDecay());
    if (task.resume() != null) {
      optimiser.restore(task.resume().momentum());
    }
    Simplex simplex = Simplex.of(recipe.dimension(), expand(task));
    centres = simplex.first(task.classes().size());
    loss = loss(task, simplex);
    batches = new Batches(task);
    schedule = new CosineSchedule(recipe.learningRate(), (long) recipe.epochs() * batches.count());
  }

  /** E as the loss uses it, which the model must record: the authors' preset sets its own. */
  static double expand(TrainingTask task) {
    return task.recipe().loss() == Recipe.LossKind.OPEN_SET_AUTHORS
        ? OpenSetLoss.authorsExpand(task.classes().size())
        : task.recipe().expand();
  }

  private static Loss loss(TrainingTask task, Simplex simplex) {
    Recipe recipe = task.recipe();
    int classes = task.classes().size();
    double weight = recipe.backgroundWeight();
    return switch (recipe.loss()) {
      case DEFAULT -> new VertexLoss(simplex, weight);
      case OPEN_SET ->
          OpenSetLoss.relative(simplex, classes, recipe.margin(), weight, recipe.ramp());
      case OPEN_SET_AUTHORS ->
          OpenSetLoss.authors(recipe.dimension(), classes, weight, recipe.ramp());
    };
  }

  private static Map<String, NDArray> trainable(TrainingBlock block) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.requiresGradient()) {
        weights.put(parameter.getName(), parameter.getArray());
      }
    }
    return weights;
  }

  /** Steps in an epoch. */
  int steps() {
    return batches.count();
  }

  /** One pass over the training images, and the validation after it. */
  EpochResult epoch(int number) {
    long start = System.nanoTime();
    // Dropout draws from the engine's generator, which all threads share and only training uses.
    Engines.setSeed((int) Shuffle.seed(task.seed(), -number));
    long firstStep = (long) (number - 1) * steps();
    double sum = 0;
    int right = 0;
    int done = 0;
    for (Batch batch : batches.epoch(number)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new TrainingFailedException("Training was interrupted; resume from a checkpoint");
      }
      Step result = step(batch, schedule.at(firstStep + done));
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

  private record Step(double loss, int right) {}

  private Step step(Batch batch, double learningRate) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray pixels = PixelBatch.toArray(scratch, batch.images(), task.train().shape());
      NDArray features;
      NDArray value;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        features = block.forward(store, new NDList(pixels), true).get(0);
        NDArray background = null;
        if (batch.background() > 0) {
          background = features.get(new NDIndex(batch.known() + ":"));
          features = features.get(new NDIndex("0:" + batch.known()));
        }
        value = loss.of(features, batch.labels(), background, batch.vertices());
        collector.backward(value);
      }
      optimiser.step(learningRate);
      return new Step(value.getFloat(), right(features.toFloatArray(), batch.labels()));
    }
  }

  private void guard(double value, int epoch, int batch) {
    if (!Double.isFinite(value)) {
      Recipe recipe = task.recipe();
      throw new TrainingFailedException(
          "The loss became %s in epoch %d, batch %d: lower learning-rate (%s) or expand (%s)"
              .formatted(value, epoch, batch, recipe.learningRate(), recipe.expand()));
    }
  }

  private double accuracy(ImageSet images) {
    List<byte[]> pixels = images.pixels();
    int right = 0;
    for (int start = 0; start < images.size(); start += EVALUATION_BATCH) {
      int end = Math.min(images.size(), start + EVALUATION_BATCH);
      int[] labels = new int[end - start];
      for (int i = start; i < end; i++) {
        labels[i - start] = images.label(i);
      }
      try (NDManager scratch = manager.newSubManager()) {
        NDArray batch = PixelBatch.toArray(scratch, pixels.subList(start, end), images.shape());
        NDArray features = block.forward(store, new NDList(batch), false).get(0);
        right += right(features.toFloatArray(), labels);
      }
    }
    return images.size() == 0 ? Double.NaN : (double) right / images.size();
  }

  /**
   * How many features are nearest to the vertex of their class. The vertices all have one length,
   * so the nearest is the one with the largest inner product.
   */
  private int right(float[] features, int[] labels) {
    int dimension = centres[0].length;
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      double bestProduct = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < centres.length; c++) {
        double product = 0;
        for (int j = 0; j < dimension; j++) {
          product += (double) features[i * dimension + j] * centres[c][j];
        }
        if (product > bestProduct) {
          best = c;
          bestProduct = product;
        }
      }
      right += best == labels[i] ? 1 : 0;
    }
    return right;
  }

  /** A copy of the weights and running statistics as they are now. */
  Map<String, Tensor> weights() {
    return block.export();
  }

  /** A copy of the optimiser's momentum as it is now. */
  Map<String, Tensor> momentum() {
    return optimiser.state();
  }
}
