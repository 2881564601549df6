package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.trainer.data.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What to train. Made by {@link #of} and the {@code with} methods. Immutable.
 *
 * @param name of the model
 * @param version of the model, from 1
 * @param recipe how
 * @param train labelled images; their classes are the model's classes, in vertex order
 * @param validation images of the same classes that choose the epoch; may be empty
 * @param background images of no class for {@link BackgroundSettings.Kind#GIVEN}, or null
 * @param startWeights to fine-tune from, or null to start afresh
 * @param resume the state to go on from, or null
 * @param devices {@code cpu}, {@code gpu:N} or {@code auto}; each takes a part of every batch, and
 *     the first measures
 * @param threads one operation may use
 * @param execution and precision of the network in training; {@code auto} tries before the first
 *     step what is faster here, so that the same task may give other weights on another machine
 * @param seed of everything random
 * @param listeners who watches, called in this order
 */
public record TrainingTask(
    String name,
    int version,
    Recipe recipe,
    ImageSet train,
    ImageSet validation,
    ImageSet background,
    Map<String, Tensor> startWeights,
    Checkpoint resume,
    List<String> devices,
    int threads,
    ExecutionSettings execution,
    long seed,
    List<TrainingListener> listeners) {

  /**
   * Copies the collections and checks that the parts fit each other.
   *
   * @throws IllegalArgumentException when they do not; the message says which and why
   */
  public TrainingTask {
    listeners = List.copyOf(listeners);
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("Training needs a device");
    }
    if (train.size() < 2) {
      throw new IllegalArgumentException("Nothing to train on: give at least two images");
    }
    if (!validation.shape().equals(train.shape())
        || !validation.classes().equals(train.classes())) {
      throw new IllegalArgumentException(
          "Training and validation images differ in shape or classes: "
              + (train.shape() + " " + train.classes() + " and ")
              + (validation.shape() + " " + validation.classes()));
    }
    if (train.classes().size() > recipe.dimension() + 1) {
      throw new IllegalArgumentException(
          train.classes().size()
              + " classes need a dimension of at least "
              + (train.classes().size() - 1)
              + "; the recipe has "
              + recipe.dimension());
    }
    if (recipe.loss().old().count() > train.classes().size()) {
      throw new IllegalArgumentException(
          "The recipe's old-classes are %d of %d classes"
              .formatted(recipe.loss().old().count(), train.classes().size()));
    }
    if (recipe.loss().old().lead() > 0) {
      FeatureShift.require(recipe, train.shape());
    }
    if (recipe.background().kind() == BackgroundSettings.Kind.GIVEN && background == null) {
      throw new IllegalArgumentException(
          "The recipe takes given background images: name a folder of them, or choose another"
              + " background");
    }
    if (background != null && !background.shape().equals(train.shape())) {
      throw new IllegalArgumentException(
          "Background images are " + background.shape() + ", the others " + train.shape());
    }
    if (recipe.earlyStop() > 0 && validation.size() == 0) {
      throw new IllegalArgumentException(
          "The recipe's early-stop needs validation images: give some, or set it to 0");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("Training needs a thread, not " + threads);
    }
  }

  /** On one device, in an execution that gives the same weights again. */
  public TrainingTask(
      String name,
      int version,
      Recipe recipe,
      ImageSet train,
      ImageSet validation,
      ImageSet background,
      Map<String, Tensor> startWeights,
      Checkpoint resume,
      String device,
      int threads,
      long seed,
      List<TrainingListener> listeners) {
    this(
        name,
        version,
        recipe,
        train,
        validation,
        background,
        startWeights,
        resume,
        List.of(device),
        threads,
        ExecutionSettings.REPEATABLE,
        seed,
        listeners);
  }

  /** A new model on the CPU with all processors. */
  public static TrainingTask of(
      String name, Recipe recipe, ImageSet train, ImageSet validation, long seed) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new TrainingTask(
        name, 1, recipe, train, validation, null, null, null, "cpu", threads, seed, List.of());
  }

  /** What the trained model will be. */
  public ModelSpec spec() {
    return new ModelSpec(
        name,
        version,
        recipe.network(),
        recipe.networkOptions(),
        train.shape(),
        classes(),
        recipe.dimension(),
        RunParts.expand(this));
  }

  /** Classes in vertex order. */
  public List<String> classes() {
    return train.classes();
  }

  /** The next version of a model, learned from the weights of an older one. */
  public TrainingTask withStart(int newVersion, Map<String, Tensor> weights) {
    return with(
        draft -> {
          draft.version = newVersion;
          draft.startWeights = Map.copyOf(weights);
        });
  }

  /** With another weight of the classes that the recipe knows as old. */
  public TrainingTask withOldWeight(double weight) {
    return with(draft -> draft.recipe = recipe.with(recipe.loss().old().withWeight(weight)));
  }

  /** On other training images of the same classes. */
  public TrainingTask withTrain(ImageSet images) {
    return with(draft -> draft.train = images);
  }

  /** With images of no class. */
  public TrainingTask withBackground(ImageSet images) {
    return with(draft -> draft.background = images);
  }

  /** Going on from where an interrupted run of the same task stopped. */
  public TrainingTask withResume(Checkpoint state) {
    return with(draft -> draft.resume = state);
  }

  /** On another device or with another number of threads. */
  public TrainingTask on(String newDevice, int newThreads) {
    return with(
        draft -> {
          draft.devices = List.of(newDevice);
          draft.threads = newThreads;
        });
  }

  /** On several devices at once, which share every batch. */
  public TrainingTask across(List<String> newDevices) {
    return with(draft -> draft.devices = List.copyOf(newDevices));
  }

  /** The first device, where the model is measured. */
  public String device() {
    return devices.get(0);
  }

  /** In another execution and precision. */
  public TrainingTask in(ExecutionSettings newExecution) {
    return with(draft -> draft.execution = newExecution);
  }

  /** With one more listener. */
  public TrainingTask withListener(TrainingListener listener) {
    return with(draft -> draft.listeners.add(listener));
  }

  private TrainingTask with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new TrainingTask(
        name,
        draft.version,
        draft.recipe,
        draft.train,
        validation,
        draft.background,
        draft.startWeights,
        draft.resume,
        draft.devices,
        draft.threads,
        draft.execution,
        seed,
        draft.listeners);
  }

  /** What a changed copy may differ in. */
  private static final class Draft {
    int version;
    Recipe recipe;
    ImageSet train;
    ImageSet background;
    Map<String, Tensor> startWeights;
    Checkpoint resume;
    List<String> devices;
    int threads;
    ExecutionSettings execution;
    final List<TrainingListener> listeners;

    Draft(TrainingTask task) {
      version = task.version;
      recipe = task.recipe;
      train = task.train;
      background = task.background;
      startWeights = task.startWeights;
      resume = task.resume;
      devices = task.devices;
      threads = task.threads;
      execution = task.execution;
      listeners = new ArrayList<>(task.listeners);
    }
  }
}
