package io.nirvanastreams.trainer.rule;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The bounds of the rules. Immutable.
 *
 * @param minimumImages images before anything is judged, at least 1
 * @param minimumAgreement least share of images with the same outcome and label
 * @param unknownShare largest share of truly unknown images that the stream may hold
 * @param minimumLabels labelled images before accuracies are judged, at least 1
 * @param accuracyLoss most that the candidate's accuracy may lie below the live version's
 * @param minimumAccuracy least share of right decisions of the live version on labelled images
 * @param latencyRatio most that the candidate may take per image, in times of the live version
 */
public record RuleSettings(
    long minimumImages,
    double minimumAgreement,
    double unknownShare,
    long minimumLabels,
    double accuracyLoss,
    double minimumAccuracy,
    double latencyRatio) {
  /** What holds where nothing is said. */
  public static final RuleSettings DEFAULT = new RuleSettings(500, 0.8, 0.3, 20, 0.02, 0.7, 2);

  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "minimum.images",
              "minimum.agreement",
              "unknown.share",
              "minimum.labels",
              "accuracy.loss",
              "minimum.accuracy",
              "latency.ratio"));

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException naming the one that is out of its own bounds
   */
  public RuleSettings {
    atLeastOne("minimum.images", minimumImages);
    atLeastOne("minimum.labels", minimumLabels);
    share("minimum.agreement", minimumAgreement);
    share("unknown.share", unknownShare);
    share("accuracy.loss", accuracyLoss);
    share("minimum.accuracy", minimumAccuracy);
    if (!(latencyRatio > 0)) {
      throw new IllegalArgumentException("latency.ratio must be above 0, was " + latencyRatio);
    }
  }

  /**
   * Settings by name; what is not named has its default.
   *
   * @throws IllegalArgumentException when a name is unknown or a value no number within its bounds
   */
  public static RuleSettings of(Map<String, String> values) {
    for (String name : values.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "there is no rule '" + name + "'; there are " + String.join(", ", NAMES));
      }
    }
    return new RuleSettings(
        whole(values, "minimum.images", DEFAULT.minimumImages()),
        number(values, "minimum.agreement", DEFAULT.minimumAgreement()),
        number(values, "unknown.share", DEFAULT.unknownShare()),
        whole(values, "minimum.labels", DEFAULT.minimumLabels()),
        number(values, "accuracy.loss", DEFAULT.accuracyLoss()),
        number(values, "minimum.accuracy", DEFAULT.minimumAccuracy()),
        number(values, "latency.ratio", DEFAULT.latencyRatio()));
  }

  private static long whole(Map<String, String> values, String name, long otherwise) {
    double number = number(values, name, otherwise);
    if (number != Math.rint(number)) {
      throw new IllegalArgumentException(name + " must be a whole number, was " + number);
    }
    return (long) number;
  }

  private static double number(Map<String, String> values, String name, double otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, was '" + value + "'", e);
    }
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must lie between 0 and 1, was " + value);
    }
  }
}
