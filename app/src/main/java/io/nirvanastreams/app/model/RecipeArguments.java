package io.nirvanastreams.app.model;

import io.nirvanastreams.app.config.SettingArguments;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.protocol.ClassSplits;
import io.nirvanastreams.trainer.train.Recipe;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code --recipe} gives: properties files and single settings, later ones winning. A key is a
 * setting of {@link Recipe}, or says what data the recipe is for. Immutable.
 *
 * @param recipe changes of the default recipe, by the names of {@link Recipe#toMap()}
 * @param options values for options of the same long names that the command line lacks
 * @param experiment what only {@code nirvana experiment} does with data, by key
 */
public record RecipeArguments(
    Map<String, String> recipe, Map<String, String> options, Map<String, String> experiment) {
  /** The class splits that the experiment runs through, of {@link ClassSplits#named}. */
  public static final String SPLITS = "splits";

  /** Unknowns from another data set: its splits, in step with {@link #SPLITS}. */
  public static final String UNKNOWN_SPLITS = "unknown-splits";

  /** Share of each known class that is moved, unlabelled, into the background set. */
  public static final String NOISY_SHARE = "noisy-share";

  /** How many images of the background set are used before noise is added. */
  public static final String BACKGROUND_SIZE = "background-size";

  /** Classes that are added one at a time, in this order, behind the first ones. */
  public static final String ADD = "add";

  /** Training images of every old class that are shown again when a class is added, at most. */
  public static final String REHEARSAL = "rehearsal-per-class";

  /** Largest fall of the old classes' accuracy before a class is learned again, as a fraction. */
  public static final String FORGETTING_LIMIT = "forgetting-limit";

  /** How often a class is learned to keep to {@link #FORGETTING_LIMIT}, at most. */
  public static final String ATTEMPTS = "learning-attempts";

  /** Begins a setting of {@link Recipe} that differs while a class is added by fine-tuning. */
  public static final String FINE_TUNING = "fine-tuning.";

  /**
   * Begins a figure of the paper, in percent: {@code published-auroc}, {@code published-accuracy}.
   */
  public static final String PUBLISHED = "published-";

  private static final Set<String> OPTIONS =
      Set.of(
          "data",
          "classes",
          "hold-out",
          "image-size",
          "validation",
          "calibration",
          "seed",
          "name",
          "alpha",
          "score",
          "method");

  private static final Set<String> EXPERIMENT =
      Set.of(
          SPLITS,
          UNKNOWN_SPLITS,
          NOISY_SHARE,
          BACKGROUND_SIZE,
          ADD,
          REHEARSAL,
          FORGETTING_LIMIT,
          ATTEMPTS,
          PUBLISHED + "auroc",
          PUBLISHED + "accuracy");

  /** Copies the maps. */
  public RecipeArguments {
    recipe = Map.copyOf(recipe);
    options = Map.copyOf(options);
    experiment = Map.copyOf(experiment);
  }

  /**
   * Reads the values of the option.
   *
   * @throws UsageException when a file cannot be read, or a key or a recipe's value is unusable
   */
  public static RecipeArguments parse(Collection<String> values) {
    Map<String, String> recipe = new TreeMap<>();
    Map<String, String> options = new TreeMap<>();
    Map<String, String> experiment = new TreeMap<>();
    SettingArguments.parse("--recipe", values)
        .forEach(
            (key, value) -> {
              if (OPTIONS.contains(key)) {
                options.put(key, value);
              } else if (EXPERIMENT.contains(key) || key.startsWith(FINE_TUNING)) {
                experiment.put(key, value);
              } else {
                recipe.put(key, value);
              }
            });
    RecipeArguments arguments = new RecipeArguments(recipe, options, experiment);
    try {
      // Before hours of reading data: the shape decides no more than defaults.
      arguments.over(Recipe.forImages(new InputShape(3, 32, 32)));
      arguments.splits();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    return arguments;
  }

  /**
   * A recipe with the changes.
   *
   * @throws IllegalArgumentException for an unknown name or an unusable value
   */
  public Recipe over(Recipe defaults) {
    Map<String, String> changes = new TreeMap<>(recipe);
    if (background() != null) {
      changes.put("background", "given");
    }
    return defaults.with(changes);
  }

  /** Figures of the paper, in percent, by measure: {@code auroc}, {@code accuracy}. */
  public Map<String, String> published() {
    Map<String, String> published = new TreeMap<>();
    experiment.forEach(
        (key, value) -> {
          if (key.startsWith(PUBLISHED)) {
            published.put(key.substring(PUBLISHED.length()), value);
          }
        });
    return published;
  }

  /** The background data set that the recipe names in place of a kind, or null. */
  public String background() {
    String value = recipe.get("background");
    return value == null || value.matches("none|rotated|mixed|given") ? null : value;
  }

  /** The class splits that the recipe is for, or null. */
  public ClassSplits splits() {
    String name = experiment.get(SPLITS);
    return name == null ? null : ClassSplits.named(name);
  }
}
