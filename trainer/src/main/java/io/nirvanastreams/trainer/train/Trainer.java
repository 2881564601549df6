package io.nirvanastreams.trainer.train;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.trainer.loss.HypersphereLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Trains models, on the calling thread. The same task with the same number of threads gives the
 * same weights, byte for byte, unless it leaves the execution open: what is chosen then may differ
 * between machines, and between runs where two are equally fast.
 *
 * <p>The engine records gradients for one training at a time in a process, so a second call waits
 * until the first has ended. Other threads may embed images meanwhile: the recording of gradients
 * is switched for this thread alone and put back afterwards.
 */
public final class Trainer {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

  private Trainer() {}

  /**
   * Trains a model.
   *
   * @throws TrainingFailedException when the loss is no number any more, or the thread was
   *     interrupted (its flag stays set)
   * @throws IllegalArgumentException when the start weights or the state to resume from do not fit
   *     the task
   */
  public static TrainedModel train(TrainingTask task) {
    String dataHash = task.train().sha256();
    if (task.resume() != null) {
      checkResume(task, dataHash);
    }
    lock();
    try (NDManager manager = Engines.newManager(Engines.device(task.device()))) {
      boolean recording = JniUtils.isGradMode();
      int threads = JniUtils.getNumThreads();
      JniUtils.setGradMode(false);
      Engines.setThreads(task.threads());
      try {
        TrainingTask settled = ExecutionTrial.settle(task, manager);
        return train(settled, new TrainingRun(settled, manager), dataHash);
      } finally {
        JniUtils.setGradMode(recording);
        Engines.setThreads(threads);
      }
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private static void lock() {
    try {
      ONE_AT_A_TIME.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingFailedException("Interrupted while another training was running");
    }
  }

  private static TrainedModel train(TrainingTask task, TrainingRun run, String dataHash) {
    long start = System.nanoTime();
    List<EpochResult> curve = new ArrayList<>();
    Map<String, Tensor> selected = null;
    int selectedEpoch = 0;
    if (task.resume() != null) {
      curve.addAll(task.resume().curve());
      selected = task.resume().selectedWeights();
      selectedEpoch = task.resume().selectedEpoch();
    }
    task.listeners().forEach(listener -> listener.onStart(task, run.steps()));
    Map<String, Tensor> last = selected;
    for (int epoch = curve.size() + 1; !finished(task.recipe(), curve); epoch++) {
      EpochResult result = run.epoch(epoch);
      curve.add(result);
      Map<String, Tensor> weights = run.measuredWeights();
      last = weights;
      if (selected == null || better(result, curve.get(selectedEpoch - 1))) {
        selected = weights;
        selectedEpoch = epoch;
      }
      Map<String, Tensor> best = selected;
      int bestEpoch = selectedEpoch;
      Supplier<Checkpoint> state =
          () ->
              new Checkpoint(
                  task.recipe(),
                  task.classes(),
                  task.seed(),
                  dataHash,
                  task.execution(),
                  curve,
                  run.weights(),
                  run.average(),
                  run.optimiserState(),
                  bestEpoch,
                  best);
      task.listeners().forEach(listener -> listener.onEpoch(result, state));
    }
    Tensor centres = selected.get(HypersphereLoss.CENTRES);
    FeatureShift lead = FeatureShift.of(task);
    TrainedModel model =
        new TrainedModel(
            task.spec(),
            lead.on(RunParts.networkOnly(selected)),
            lead.on(RunParts.networkOnly(last)),
            centres,
            selectedEpoch,
            curve,
            task.recipe(),
            task.seed(),
            dataHash,
            (System.nanoTime() - start) / 1e9);
    task.listeners().forEach(listener -> listener.onEnd(model));
    return model;
  }

  private static boolean finished(Recipe recipe, List<EpochResult> curve) {
    return curve.size() >= recipe.epochs() || new EarlyStop(recipe.earlyStop()).reached(curve);
  }

  /** Without validation every epoch is better than the one before it: the last is kept. */
  private static boolean better(EpochResult result, EpochResult best) {
    return Double.isNaN(result.validationAccuracy())
        || result.validationAccuracy() >= best.validationAccuracy();
  }

  private static void checkResume(TrainingTask task, String dataHash) {
    Checkpoint state = task.resume();
    check(state.recipe().equals(task.recipe()), "recipe");
    check(state.classes().equals(task.classes()), "classes");
    check(state.seed() == task.seed(), "seed");
    check(state.dataHash().equals(dataHash), "training images");
    if (finished(task.recipe(), state.curve())) {
      throw new IllegalArgumentException(
          "The checkpoint's run is finished: it ended after epoch " + state.curve().size());
    }
  }

  private static void check(boolean same, String what) {
    if (!same) {
      throw new IllegalArgumentException(
          "The checkpoint is of another run: its "
              + what
              + " is not this one's; start afresh without it");
    }
  }
}
