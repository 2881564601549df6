package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every setting of a training run. Together with the data and the seed it determines the weights,
 * and its text form is what a model's provenance records. Immutable.
 *
 * <p>The defaults were measured on clothes and digits with classes held out. The mean of the loss
 * runs over N and D, which divides the gradient by D: a step of 0.05 with E = 6 is not large, and
 * one of 0.005 does not fit the data in eight epochs.
 *
 * @param network an architecture of {@link io.nirvanastreams.embedding.network.Networks}
 * @param networkOptions its settings
 * @param dimension D, the length of a feature; room for D + 1 classes
 * @param expand E, the radius of the sphere that the class centres lie on
 * @param loss what pulls the known images
 * @param background what the model learns not to take for a class
 * @param epochs passes over the training images
 * @param earlyStop epochs without a better validation accuracy that end the run; 0 is off
 * @param batchSize known images in a batch
 * @param optimiser how weights move at each step
 * @param schedule the learning rate over the epochs
 * @param augmentation random changes of the images
 */
public record Recipe(
    String network,
    Map<String, String> networkOptions,
    int dimension,
    double expand,
    LossSettings loss,
    BackgroundSettings background,
    int epochs,
    int earlyStop,
    int batchSize,
    OptimiserSettings optimiser,
    ScheduleSettings schedule,
    AugmentationSettings augmentation) {

  private static final int FINE_TUNING_EPOCHS = 5;

  /**
   * Copies the options and checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range
   */
  public Recipe {
    networkOptions = Collections.unmodifiableMap(new TreeMap<>(networkOptions));
    Ranges.check(dimension >= 1, "dimension", dimension);
    Ranges.check(expand > 0 && Double.isFinite(expand), "expand", expand);
    Ranges.check(epochs >= 1, "epochs", epochs);
    Ranges.check(earlyStop >= 0, "early-stop", earlyStop);
    // Batch normalisation has no variance to estimate from a single image.
    Ranges.check(batchSize >= 2, "batch-size", batchSize);
    if (schedule.warmUp() >= epochs) {
      throw new IllegalArgumentException(
          "A warm-up of "
              + schedule.warmUp()
              + " epochs leaves none of "
              + epochs
              + ": lower warm-up or raise epochs");
    }
    if (loss.learnsCentres() && optimiser.average() > 0) {
      throw new IllegalArgumentException(
          "The loss hypersphere moves its centres with the weights: set ema to 0");
    }
  }

  /**
   * The default for images of a shape. One-channel images are taken for digits, clothes or other
   * centred drawings, where a mirrored or shifted image may mean something else: no augmentation.
   */
  public static Recipe forImages(InputShape shape) {
    boolean colour = shape.channels() > 1;
    BackgroundSettings.Kind background =
        shape.height() == shape.width()
            ? BackgroundSettings.Kind.ROTATED
            : BackgroundSettings.Kind.MIXED;
    return new Recipe(
        "lenet-small",
        Map.of(),
        32,
        6,
        new LossSettings(LossSettings.Kind.DEFAULT, 0.66, false, 0, 0, OldClasses.NONE),
        new BackgroundSettings(background, 0.5, 1),
        8,
        0,
        64,
        new OptimiserSettings(OptimiserSettings.Kind.SGD, 0.9, 5e-4, 0, 0),
        new ScheduleSettings(ScheduleSettings.Kind.COSINE, 0.05, 0, 30, 0.1),
        new AugmentationSettings(colour ? 4 : 0, colour));
  }

  /**
   * The same recipe shortened for learning one more class from weights that already work: five
   * epochs at the recipe's own rate. On clothes and digits, measured on validation images, a lower
   * rate or fewer epochs learned the new class less and cost the old ones more.
   *
   * @param oldClasses how many classes those weights know; they count as much as the new ones,
   *     whatever they counted when they were new themselves
   */
  public Recipe forFineTuning(int oldClasses) {
    return lasting(FINE_TUNING_EPOCHS)
        .with(Map.of("warm-up", "0", "early-stop", "0"))
        .with(new OldClasses(oldClasses, 1));
  }

  /** The same recipe with another weight or lead of the classes that a fine-tuning starts with. */
  public Recipe with(OldClasses old) {
    return with(
        Map.of(
            "old-classes", Integer.toString(old.count()),
            "old-weight", Double.toString(old.weight()),
            "old-lead", Double.toString(old.lead())));
  }

  /** The same recipe for another number of epochs, of which at most half warm up. */
  public Recipe lasting(int newEpochs) {
    int warmUp = Math.min(schedule.warmUp(), newEpochs / 2);
    return with(Map.of("epochs", Integer.toString(newEpochs), "warm-up", Integer.toString(warmUp)));
  }

  /**
   * Refuses a recipe whose models could not be served.
   *
   * @throws IllegalArgumentException when the loss learns its centres, which then are not those
   *     that whoever reads the model computes
   */
  public void requireFixedCentres() {
    if (loss.learnsCentres()) {
      throw new IllegalArgumentException(
          "The loss hypersphere learns its centres and is for comparison only: a model that is"
              + " served needs fixed ones, choose another loss");
    }
  }

  /**
   * A changed copy.
   *
   * @param changes setting names as in {@link #toMap()} with their new values
   * @throws IllegalArgumentException for an unknown name or an unusable value
   */
  public Recipe with(Map<String, String> changes) {
    Map<String, String> all = new LinkedHashMap<>(toMap());
    all.putAll(changes);
    return RecipeText.parse(all);
  }

  /** Setting names with values, in the order of the record; options as {@code network.NAME}. */
  public Map<String, String> toMap() {
    return RecipeText.format(this);
  }

  /**
   * Reads the text form. Settings that came after the first release may be missing: they are off
   * then, as they were when the text was written.
   *
   * @throws IllegalArgumentException when a setting is missing, unknown or unusable
   */
  public static Recipe fromMap(Map<String, String> settings) {
    return RecipeText.parse(settings);
  }
}
