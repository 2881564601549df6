package io.nirvanastreams.trainer.train;

import io.nirvanastreams.trainer.augment.RandAugment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Recipes as names and values, for files, command lines and provenance. Stateless. */
final class RecipeText {
  private static final String OPTION = "network.";

  /** What models are published with whose recipes were written before these settings were. */
  private static final Map<String, String> ABSENT_IN_THE_FIRST_RELEASE =
      Map.ofEntries(
          Map.entry("background-vertices", "0"),
          Map.entry("label-smoothing", "0"),
          Map.entry("old-classes", "0"),
          Map.entry("old-weight", "1"),
          Map.entry("old-lead", "0"),
          Map.entry("early-stop", "0"),
          Map.entry("optimiser", "sgd"),
          Map.entry("clip-norm", "0"),
          Map.entry("ema", "0"),
          Map.entry("schedule", "cosine"),
          Map.entry("warm-up", "0"),
          Map.entry("step-epochs", "30"),
          Map.entry("step-factor", "0.1"));

  private RecipeText() {}

  static Map<String, String> format(Recipe recipe) {
    LossSettings loss = recipe.loss();
    BackgroundSettings background = recipe.background();
    OptimiserSettings optimiser = recipe.optimiser();
    ScheduleSettings schedule = recipe.schedule();
    AugmentationSettings augmentation = recipe.augmentation();
    Map<String, String> map = new LinkedHashMap<>();
    map.put("network", recipe.network());
    recipe.networkOptions().forEach((name, value) -> map.put(OPTION + name, value));
    map.put("dimension", Integer.toString(recipe.dimension()));
    map.put("expand", Double.toString(recipe.expand()));
    map.put("loss", name(loss.kind()));
    map.put("margin", Double.toString(loss.margin()));
    map.put("ramp", Boolean.toString(loss.ramp()));
    map.put("background-vertices", Integer.toString(loss.backgroundVertices()));
    map.put("label-smoothing", Double.toString(loss.labelSmoothing()));
    map.put("old-classes", Integer.toString(loss.old().count()));
    map.put("old-weight", Double.toString(loss.old().weight()));
    map.put("old-lead", Double.toString(loss.old().lead()));
    map.put("background", name(background.kind()));
    map.put("background-share", Double.toString(background.share()));
    map.put("background-weight", Double.toString(background.weight()));
    map.put("epochs", Integer.toString(recipe.epochs()));
    map.put("early-stop", Integer.toString(recipe.earlyStop()));
    map.put("batch-size", Integer.toString(recipe.batchSize()));
    map.put("optimiser", name(optimiser.kind()));
    map.put("momentum", Double.toString(optimiser.momentum()));
    map.put("weight-decay", Double.toString(optimiser.weightDecay()));
    map.put("clip-norm", Double.toString(optimiser.clipNorm()));
    map.put("ema", Double.toString(optimiser.average()));
    map.put("schedule", name(schedule.kind()));
    map.put("learning-rate", Double.toString(schedule.learningRate()));
    map.put("warm-up", Integer.toString(schedule.warmUp()));
    map.put("step-epochs", Integer.toString(schedule.stepEpochs()));
    map.put("step-factor", Double.toString(schedule.stepFactor()));
    map.put("crop", Integer.toString(augmentation.crop()));
    map.put("flip", Boolean.toString(augmentation.flip()));
    map.put("resized-crop", Double.toString(augmentation.resizedCrop()));
    map.put("rand-augment", augmentation.randAugment().toString());
    map.put("mixup", Double.toString(augmentation.mixup()));
    map.put("cutmix", Double.toString(augmentation.cutmix()));
    return map;
  }

  static Recipe parse(Map<String, String> settings) {
    Map<String, String> left = new LinkedHashMap<>(ABSENT_IN_THE_FIRST_RELEASE);
    left.putAll(AugmentationSettings.OFF);
    left.putAll(settings);
    Map<String, String> options = new TreeMap<>();
    left.keySet().removeIf(name -> isOption(name, settings, options));
    Recipe recipe =
        new Recipe(
            take(left, "network", value -> value),
            options,
            take(left, "dimension", Integer::valueOf),
            take(left, "expand", Double::valueOf),
            loss(left),
            background(left),
            take(left, "epochs", Integer::valueOf),
            take(left, "early-stop", Integer::valueOf),
            take(left, "batch-size", Integer::valueOf),
            optimiser(left),
            schedule(left),
            augmentation(left));
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "Unknown recipe settings " + left.keySet() + "; known are " + format(recipe).keySet());
    }
    return recipe;
  }

  private static LossSettings loss(Map<String, String> left) {
    return new LossSettings(
        take(left, "loss", value -> LossSettings.Kind.valueOf(constant(value))),
        take(left, "margin", Double::valueOf),
        take(left, "ramp", RecipeText::flag),
        take(left, "background-vertices", Integer::valueOf),
        take(left, "label-smoothing", Double::valueOf),
        new OldClasses(
            take(left, "old-classes", Integer::valueOf),
            take(left, "old-weight", Double::valueOf),
            take(left, "old-lead", Double::valueOf)));
  }

  private static BackgroundSettings background(Map<String, String> left) {
    return new BackgroundSettings(
        take(left, "background", value -> BackgroundSettings.Kind.valueOf(constant(value))),
        take(left, "background-share", Double::valueOf),
        take(left, "background-weight", Double::valueOf));
  }

  private static OptimiserSettings optimiser(Map<String, String> left) {
    return new OptimiserSettings(
        take(left, "optimiser", value -> OptimiserSettings.Kind.valueOf(constant(value))),
        take(left, "momentum", Double::valueOf),
        take(left, "weight-decay", Double::valueOf),
        take(left, "clip-norm", Double::valueOf),
        take(left, "ema", Double::valueOf));
  }

  private static ScheduleSettings schedule(Map<String, String> left) {
    return new ScheduleSettings(
        take(left, "schedule", value -> ScheduleSettings.Kind.valueOf(constant(value))),
        take(left, "learning-rate", Double::valueOf),
        take(left, "warm-up", Integer::valueOf),
        take(left, "step-epochs", Integer::valueOf),
        take(left, "step-factor", Double::valueOf));
  }

  private static AugmentationSettings augmentation(Map<String, String> left) {
    return new AugmentationSettings(
        take(left, "crop", Integer::valueOf),
        take(left, "flip", RecipeText::flag),
        take(left, "resized-crop", Double::valueOf),
        take(left, "rand-augment", RandAugment::parse),
        take(left, "mixup", Double::valueOf),
        take(left, "cutmix", Double::valueOf));
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
