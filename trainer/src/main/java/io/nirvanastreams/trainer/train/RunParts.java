package io.nirvanastreams.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.trainer.loss.HingeLoss;
import io.nirvanastreams.trainer.loss.HypersphereLoss;
import io.nirvanastreams.trainer.loss.Loss;
import io.nirvanastreams.trainer.loss.MicsLoss;
import io.nirvanastreams.trainer.loss.OpenSetLoss;
import io.nirvanastreams.trainer.loss.SoftmaxLoss;
import io.nirvanastreams.trainer.loss.VertexLoss;
import io.nirvanastreams.trainer.optimise.Adam;
import io.nirvanastreams.trainer.optimise.ConstantSchedule;
import io.nirvanastreams.trainer.optimise.CosineSchedule;
import io.nirvanastreams.trainer.optimise.Optimiser;
import io.nirvanastreams.trainer.optimise.Schedule;
import io.nirvanastreams.trainer.optimise.SgdMomentum;
import io.nirvanastreams.trainer.optimise.StepSchedule;
import io.nirvanastreams.trainer.optimise.WarmUp;
import java.util.Map;
import java.util.TreeMap;

/** Makes the parts of a run that a recipe names. Stateless. */
final class RunParts {
  private RunParts() {}

  /** E as the loss uses it, which the model must record: the authors' preset sets its own. */
  static double expand(TrainingTask task) {
    return task.recipe().loss().kind() == LossSettings.Kind.OPEN_SET_AUTHORS
        ? OpenSetLoss.authorsExpand(task.classes().size())
        : task.recipe().expand();
  }

  /**
   * The loss of a task.
   *
   * @param manager owns what the loss learns
   * @param start learned centres to go on from, or null
   */
  static Loss loss(TrainingTask task, NDManager manager, Tensor start) {
    Recipe recipe = task.recipe();
    LossSettings settings = recipe.loss();
    Simplex simplex = Simplex.of(recipe.dimension(), expand(task));
    int classes = task.classes().size();
    double weight = recipe.background().weight();
    return switch (settings.kind()) {
      case DEFAULT -> new VertexLoss(simplex, weight);
      case HINGE -> new HingeLoss(simplex, classes, weight);
      case SOFTMAX -> new SoftmaxLoss(simplex, classes, settings.labelSmoothing(), weight);
      case MICS -> new MicsLoss(simplex, classes, weight);
      case OPEN_SET ->
          OpenSetLoss.relative(simplex, classes, settings.margin(), weight, settings.ramp())
              .pushingFromFree(settings.backgroundVertices());
      case OPEN_SET_AUTHORS ->
          OpenSetLoss.authors(recipe.dimension(), classes, weight, settings.ramp())
              .pushingFromFree(settings.backgroundVertices());
      case HYPERSPHERE -> {
        float[][] centres =
            start == null
                ? HypersphereLoss.drawCentres(
                    classes, recipe.dimension(), recipe.expand(), task.seed())
                : rows(start);
        yield HypersphereLoss.of(
            manager, centres, simplex, settings.margin(), weight, settings.ramp());
      }
    };
  }

  /** Weights without the centres that a loss has learned beside them. */
  static Map<String, Tensor> networkOnly(Map<String, Tensor> weights) {
    Map<String, Tensor> network = new TreeMap<>(weights);
    network.remove(HypersphereLoss.CENTRES);
    return network;
  }

  private static float[][] rows(Tensor table) {
    int width = Math.toIntExact(table.shape()[1]);
    float[][] rows = new float[Math.toIntExact(table.shape()[0])][width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(table.data(), i * width, rows[i], 0, width);
    }
    return rows;
  }

  /** The optimiser of weights. */
  static Optimiser optimiser(
      OptimiserSettings settings, Map<String, NDArray> weights, NDManager manager) {
    return switch (settings.kind()) {
      case SGD -> new SgdMomentum(weights, manager, settings.momentum(), settings.weightDecay());
      case ADAM -> new Adam(weights, manager, settings.momentum(), settings.weightDecay());
    };
  }

  /**
   * The learning rates of a run.
   *
   * @param steps in an epoch
   */
  static Schedule schedule(Recipe recipe, long steps) {
    ScheduleSettings settings = recipe.schedule();
    double rate = settings.learningRate();
    long warmUp = settings.warmUp() * steps;
    Schedule then =
        switch (settings.kind()) {
          case COSINE -> new CosineSchedule(rate, recipe.epochs() * steps - warmUp);
          case STEP -> new StepSchedule(rate, settings.stepEpochs() * steps, settings.stepFactor());
          case CONSTANT -> new ConstantSchedule(rate);
        };
    return settings.warmUp() == 0 ? then : new WarmUp(warmUp, then);
  }
}
