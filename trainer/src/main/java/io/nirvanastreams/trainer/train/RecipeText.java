package io.nirvanastreams.trainer.train;

import io.nirvanastreams.trainer.train.Recipe.BackgroundKind;
import io.nirvanastreams.trainer.train.Recipe.LossKind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Recipes as names and values, for files, command lines and provenance. Stateless. */
final class RecipeText {
  private static final String OPTION = "network.";

  private RecipeText() {}

  static Map<String, String> format(Recipe recipe) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("network", recipe.network());
    recipe.networkOptions().forEach((name, value) -> map.put(OPTION + name, value));
    map.put("dimension", Integer.toString(recipe.dimension()));
    map.put("expand", Double.toString(recipe.expand()));
    map.put("loss", name(recipe.loss()));
    map.put("margin", Double.toString(recipe.margin()));
    map.put("ramp", Boolean.toString(recipe.ramp()));
    map.put("background", name(recipe.background()));
    map.put("background-share", Double.toString(recipe.backgroundShare()));
    map.put("background-weight", Double.toString(recipe.backgroundWeight()));
    map.put("epochs", Integer.toString(recipe.epochs()));
    map.put("batch-size", Integer.toString(recipe.batchSize()));
    map.put("learning-rate", Double.toString(recipe.learningRate()));
    map.put("momentum", Double.toString(recipe.momentum()));
    map.put("weight-decay", Double.toString(recipe.weightDecay()));
    map.put("crop", Integer.toString(recipe.crop()));
    map.put("flip", Boolean.toString(recipe.flip()));
    return map;
  }

  static Recipe parse(Map<String, String> settings) {
    Map<String, String> left = new LinkedHashMap<>(settings);
    Map<String, String> options = new TreeMap<>();
    left.keySet().removeIf(name -> isOption(name, settings, options));
    Recipe recipe =
        new Recipe(
            take(left, "network", value -> value),
            options,
            take(left, "dimension", Integer::valueOf),
            take(left, "expand", Double::valueOf),
            take(left, "loss", value -> LossKind.valueOf(constant(value))),
            take(left, "margin", Double::valueOf),
            take(left, "ramp", RecipeText::flag),
            take(left, "background", value -> BackgroundKind.valueOf(constant(value))),
            take(left, "background-share", Double::valueOf),
            take(left, "background-weight", Double::valueOf),
            take(left, "epochs", Integer::valueOf),
            take(left, "batch-size", Integer::valueOf),
            take(left, "learning-rate", Double::valueOf),
            take(left, "momentum", Double::valueOf),
            take(left, "weight-decay", Double::valueOf),
            take(left, "crop", Integer::valueOf),
            take(left, "flip", RecipeText::flag));
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "Unknown recipe settings " + left.keySet() + "; known are " + format(recipe).keySet());
    }
    return recipe;
  }

  private static boolean isOption(
      String name, Map<String, String> settings, Map<String, String> options) {
    if (!name.startsWith(OPTION)) {
      return false;
    }
    options.put(name.substring(OPTION.length()), settings.get(name));
    return true;
  }

  private static <T> T take(Map<String, String> settings, String name, Function<String, T> parser) {
    String value = settings.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("The recipe lacks '" + name + "'");
    }
    try {
      return parser.apply(value.trim());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The recipe's " + name + " cannot be '" + value + "'", e);
    }
  }

  private static Boolean flag(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
