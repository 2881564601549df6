package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.network.ExecutionSettings;
import java.util.Map;

/**
 * How a class is learned from a live version. Immutable.
 *
 * <p>The defaults were measured on clothes, with 1,100 images of every old class and the new class
 * repeated to as many; with 400 images an old class the recall of the new one fell by a quarter.
 *
 * @param validationShare share of a new class's images that measures it
 * @param calibrationShare share of a new class's images that its decisions are calibrated with
 * @param maximumTrim at most this share of a group is dropped as not belonging to it
 * @param rehearsalPerClass training images of every old class that are shown again, at most
 * @param forgetting how much the old classes may lose before it is trained again
 * @param recipe changes of the parent's recipe beyond those of every fine-tuning, by setting name
 * @param device {@code cpu}, {@code gpu:N} or {@code auto}
 * @param threads that one operation may use
 * @param execution and precision of the training
 * @param seed of everything random
 */
public record FineTuneSettings(
    double validationShare,
    double calibrationShare,
    double maximumTrim,
    int rehearsalPerClass,
    ForgettingLimit forgetting,
    Map<String, String> recipe,
    String device,
    int threads,
    ExecutionSettings execution,
    long seed) {

  /**
   * Copies the changes and checks the values.
   *
   * @throws IllegalArgumentException for one outside its range
   */
  public FineTuneSettings {
    recipe = Map.copyOf(recipe);
    if (!(validationShare >= 0 && calibrationShare > 0 && validationShare + calibrationShare < 1)) {
      throw new IllegalArgumentException(
          "the shares " + validationShare + " and " + calibrationShare + " leave nothing to learn");
    }
    if (!(maximumTrim >= 0 && maximumTrim < 1)) {
      throw new IllegalArgumentException("no share of a group: " + maximumTrim);
    }
    if (rehearsalPerClass < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "rehearsal needs images and threads, not %d and %d"
              .formatted(rehearsalPerClass, threads));
    }
  }

  /** The defaults, on the CPU with all processors. */
  public static FineTuneSettings of(long seed) {
    return new FineTuneSettings(
        0.1,
        0.25,
        0.1,
        1100,
        ForgettingLimit.DEFAULT,
        Map.of(),
        "cpu",
        Runtime.getRuntime().availableProcessors(),
        ExecutionSettings.REPEATABLE,
        seed);
  }

  /** The same on another device or with another number of threads. */
  public FineTuneSettings on(String newDevice, int newThreads) {
    return new FineTuneSettings(
        validationShare,
        calibrationShare,
        maximumTrim,
        rehearsalPerClass,
        forgetting,
        recipe,
        newDevice,
        newThreads,
        execution,
        seed);
  }

  /** The same in another execution and precision. */
  public FineTuneSettings in(ExecutionSettings newExecution) {
    return new FineTuneSettings(
        validationShare,
        calibrationShare,
        maximumTrim,
        rehearsalPerClass,
        forgetting,
        recipe,
        device,
        threads,
        newExecution,
        seed);
  }

  /** The same with changes of the recipe. */
  public FineTuneSettings withRecipe(Map<String, String> changes) {
    return new FineTuneSettings(
        validationShare,
        calibrationShare,
        maximumTrim,
        rehearsalPerClass,
        forgetting,
        changes,
        device,
        threads,
        execution,
        seed);
  }

  /** The same with another limit of forgetting. */
  public FineTuneSettings withForgetting(ForgettingLimit limit) {
    return new FineTuneSettings(
        validationShare,
        calibrationShare,
        maximumTrim,
        rehearsalPerClass,
        limit,
        recipe,
        device,
        threads,
        execution,
        seed);
  }
}
