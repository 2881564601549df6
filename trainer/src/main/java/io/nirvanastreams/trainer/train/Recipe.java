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
 * @param margin rho: the open-set loss uses m = rho * 2E^2(1+1/D)
 * @param ramp whether the open-set loss stops pushing background images that are far too near
 * @param background what the model learns not to take for a class
 * @param backgroundShare background images for each known image of a batch
 * @param backgroundWeight factor of the background's part of the loss
 * @param epochs passes over the training images
 * @param batchSize known images in a batch
 * @param learningRate of the first step; falls to 0 along a cosine
 * @param momentum of the gradient descent
 * @param weightDecay added to the gradient, times the weight
 * @param crop pixels of zero padding around a randomly placed crop; 0 turns it off
 * @param flip whether images are mirrored at random
 */
public record Recipe(
    String network,
    Map<String, String> networkOptions,
    int dimension,
    double expand,
    LossKind loss,
    double margin,
    boolean ramp,
    BackgroundKind background,
    double backgroundShare,
    double backgroundWeight,
    int epochs,
    int batchSize,
    double learningRate,
    double momentum,
    double weightDecay,
    int crop,
    boolean flip) {

  /**
   * Copies the options and checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range
   */
  public Recipe {
    networkOptions = Collections.unmodifiableMap(new TreeMap<>(networkOptions));
    check(dimension >= 1, "dimension", dimension);
    check(expand > 0 && Double.isFinite(expand), "expand", expand);
    check(margin > 0 && Double.isFinite(margin), "margin", margin);
    check(backgroundShare >= 0 && backgroundShare <= 4, "background-share", backgroundShare);
    check(backgroundWeight >= 0 && backgroundWeight <= 100, "background-weight", backgroundWeight);
    check(epochs >= 1, "epochs", epochs);
    // Batch normalisation has no variance to estimate from a single image.
    check(batchSize >= 2, "batch-size", batchSize);
    check(learningRate > 0 && Double.isFinite(learningRate), "learning-rate", learningRate);
    check(momentum >= 0 && momentum < 1, "momentum", momentum);
    check(weightDecay >= 0 && weightDecay < 1, "weight-decay", weightDecay);
    check(crop >= 0 && crop <= 64, "crop", crop);
  }

  private static void check(boolean holds, String name, double value) {
    if (!holds) {
      throw new IllegalArgumentException("The recipe's " + name + " cannot be " + value);
    }
  }

  /** What pulls the known images. */
  public enum LossKind {
    /** Mean squared distance to the vertex of the class: the paper's default. */
    DEFAULT,
    /** Intra-class, triplet and outlier terms with a margin relative to the simplex edge. */
    OPEN_SET,
    /** The same as the authors run it: m = 48 and E = the number of classes. Fits 6 classes. */
    OPEN_SET_AUTHORS
  }

  /** Where background images come from and what the default loss does with them. */
  public enum BackgroundKind {
    /** None. */
    NONE,
    /**
     * Known images turned by quarter turns. With the default loss each class's turned images are
     * pulled to a vertex of their own from the far end of the simplex, which no class holds yet.
     */
    ROTATED,
    /** Two known images blended, or joined at a half. */
    MIXED,
    /** A set of images given with the task. */
    GIVEN
  }

  /**
   * The default for images of a shape. One-channel images are taken for digits, clothes or other
   * centred drawings, where a mirrored or shifted image may mean something else: no augmentation.
   */
  public static Recipe forImages(InputShape shape) {
    boolean colour = shape.channels() > 1;
    return new Recipe(
        "lenet-small",
        Map.of(),
        32,
        6,
        LossKind.DEFAULT,
        0.66,
        false,
        shape.height() == shape.width() ? BackgroundKind.ROTATED : BackgroundKind.MIXED,
        0.5,
        1,
        8,
        64,
        0.05,
        0.9,
        5e-4,
        colour ? 4 : 0,
        colour);
  }

  /** The same recipe shortened for learning one more class from weights that already work. */
  public Recipe forFineTuning() {
    return with(Map.of("epochs", "2", "learning-rate", "0.02"));
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
   * Reads the text form.
   *
   * @throws IllegalArgumentException when a setting is missing, unknown or unusable
   */
  public static Recipe fromMap(Map<String, String> settings) {
    return RecipeText.parse(settings);
  }
}
