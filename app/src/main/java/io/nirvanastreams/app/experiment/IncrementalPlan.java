package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.RecipeArguments;
import io.nirvanastreams.trainer.retrain.FineTuneSettings;
import io.nirvanastreams.trainer.retrain.ForgettingLimit;
import io.nirvanastreams.trainer.train.LossSettings;
import io.nirvanastreams.trainer.train.Recipe;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which classes an experiment adds one at a time, and how. Immutable.
 *
 * @param added names in the order in which they come
 * @param rehearsalPerClass training images of every class that a fine-tuning shows, at most
 * @param forgetting how much the old classes may lose before a class is learned again
 * @param fineTuning changes of the recipe beyond those of every fine-tuning, by setting name
 */
public record IncrementalPlan(
    List<String> added,
    int rehearsalPerClass,
    ForgettingLimit forgetting,
    Map<String, String> fineTuning) {

  /** Copies the collections. */
  public IncrementalPlan {
    added = List.copyOf(added);
    fineTuning = Map.copyOf(fineTuning);
  }

  /** Whether a recipe adds classes. */
  public static boolean isIn(RecipeArguments arguments) {
    return arguments.experiment().containsKey(RecipeArguments.ADD);
  }

  /**
   * The plan of a recipe that adds classes.
   *
   * @throws UsageException when a value cannot be used
   */
  public static IncrementalPlan of(RecipeArguments arguments) {
    Map<String, String> settings = arguments.experiment();
    if (arguments.splits() != null) {
      throw new UsageException("a recipe has either splits or add; leave one out");
    }
    List<String> added =
        Stream.of(settings.get(RecipeArguments.ADD).split(",", -1)).map(String::trim).toList();
    Map<String, String> changes = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(RecipeArguments.FINE_TUNING)) {
            changes.put(key.substring(RecipeArguments.FINE_TUNING.length()), value);
          }
        });
    return new IncrementalPlan(added, rehearsal(settings), forgetting(settings), changes);
  }

  private static ForgettingLimit forgetting(Map<String, String> settings) {
    ForgettingLimit usual = ForgettingLimit.DEFAULT;
    String limit =
        settings.getOrDefault(RecipeArguments.FORGETTING_LIMIT, Double.toString(usual.limit()));
    String attempts =
        settings.getOrDefault(RecipeArguments.ATTEMPTS, Integer.toString(usual.attempts()));
    try {
      return new ForgettingLimit(Double.parseDouble(limit), Integer.parseInt(attempts));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "the recipe's %s and %s cannot be '%s' and '%s': %s"
              .formatted(
                  RecipeArguments.FORGETTING_LIMIT,
                  RecipeArguments.ATTEMPTS,
                  limit,
                  attempts,
                  e.getMessage()),
          e);
    }
  }

  private static int rehearsal(Map<String, String> settings) {
    String value = settings.get(RecipeArguments.REHEARSAL);
    try {
      int images =
          value == null ? FineTuneSettings.of(0).rehearsalPerClass() : Integer.parseInt(value);
      if (images >= 1) {
        return images;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(message(value), e);
    }
    throw new UsageException(message(value));
  }

  private static String message(String value) {
    return "the recipe's %s cannot be '%s'; give a number of images, 1 or more"
        .formatted(RecipeArguments.REHEARSAL, value);
  }

  /**
   * The recipe that a class is added by.
   *
   * @param oldClasses how many there are before it
   * @throws UsageException when it cannot be, or would move the centres
   */
  Recipe fineTuning(Recipe recipe, int oldClasses) {
    if (recipe.loss().kind() == LossSettings.Kind.OPEN_SET_AUTHORS) {
      throw new UsageException(
          "the loss open-set-authors takes the number of classes for the radius, so every centre"
              + " moves when a class is added; set loss to open-set");
    }
    try {
      return recipe.forFineTuning(oldClasses).with(fineTuning);
    } catch (IllegalArgumentException e) {
      throw new UsageException("fine-tuning: " + e.getMessage(), e);
    }
  }
}
