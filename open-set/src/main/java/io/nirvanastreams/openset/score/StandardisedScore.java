package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Another score, counted from what is usual for the class that the image is taken for: (s - m_c) /
 * d_c with m_c and d_c the mean and the deviation of s over training images taken for class c.
 *
 * <p>Classes are learned unequally well: sandals lie close to their vertex, shirts and bags far
 * around theirs. A distance that is compared across classes then calls a shirt less known than a
 * sneaker that lies a little beside the sandals. This is Mondrian conformal prediction (Vovk,
 * Gammerman, Shafer, "Algorithmic Learning in a Random World", 2005, section 4.5) carried into the
 * ranking: class-conditional decisions compare within the class anyway, and global ones, measures
 * and alarms over a stream do so by this score.
 *
 * <p>Squared distances are taken as distances first, which are nearer to a bell curve. Mean and
 * deviation of a class are drawn towards those of all classes by the weight of ten images.
 */
final class StandardisedScore implements Score {
  static final String PREFIX = "standardised-";
  static final String RAW = PREFIX + CentreScores.RAW;
  static final String MAHALANOBIS = PREFIX + MahalanobisScore.NAME;
  static final String NEIGHBOUR = PREFIX + WhitenedNeighbourScore.NAME;
  static final String FREE = PREFIX + FreeVertexScore.NAME;
  static final String MEANS = ".means";
  static final String DEVIATIONS = ".deviations";

  private final String name;
  private final ToDoubleFunction<Evidence> base;
  private final float[] means;
  private final float[] deviations;

  /**
   * From what {@link #fit} gave.
   *
   * @param name one of the four names
   * @throws IllegalArgumentException when it is missing or does not fit the centres
   */
  StandardisedScore(String name, ScoreMaterial material) {
    this.name = name;
    ToDoubleBiFunction<Evidence, Boolean> all = base(name, material.centres(), material.fitted());
    base = evidence -> all.applyAsDouble(evidence, false);
    means = material.fitted().get(name + MEANS);
    deviations = material.fitted().get(name + DEVIATIONS);
    if (means.length != material.centres().length || deviations.length != means.length) {
      throw new IllegalArgumentException(
          "%s is fitted to %d and %d classes, there are %d"
              .formatted(name, means.length, deviations.length, material.centres().length));
    }
  }

  /** Whether this class makes the score of that name. */
  static boolean makes(String name) {
    return name.equals(RAW)
        || name.equals(MAHALANOBIS)
        || name.equals(NEIGHBOUR)
        || name.equals(FREE);
  }

  /**
   * What the other score is fitted to, and mean and deviation of every class.
   *
   * @param centres of the classes, in vertex order
   * @throws IllegalArgumentException without training images
   */
  static FittedParameters fit(String name, float[][] centres, KnownImages training) {
    if (training.size() == 0) {
      throw new IllegalArgumentException(name + " needs training images and there are none");
    }
    FittedParameters fitted = Scores.fit(name.substring(PREFIX.length()), centres, training);
    ToDoubleBiFunction<Evidence, Boolean> base = base(name, centres, fitted);
    ClassMoments moments = new ClassMoments(centres.length);
    int[] seen = new int[training.classes()];
    for (int i = 0; i < training.size(); i++) {
      int position = seen[training.labels()[i]]++;
      Evidence evidence =
          Evidence.of(training.features()[i], training.representations()[i], centres);
      boolean stored = position < WhitenedNeighbourScore.PER_CLASS;
      moments.add(evidence.nearest(), base.applyAsDouble(evidence, stored));
    }
    return fitted.with(
        new FittedParameters(
            Map.of(name + MEANS, moments.means(), name + DEVIATIONS, moments.deviations())));
  }

  /** By an image, and whether it is one of those that neighbours are looked for among. */
  private static ToDoubleBiFunction<Evidence, Boolean> base(
      String name, float[][] centres, FittedParameters fitted) {
    return switch (name) {
      case RAW -> {
        Score raw = CentreScores.raw();
        yield (evidence, stored) -> -Math.sqrt(-raw.of(evidence));
      }
      case MAHALANOBIS -> {
        Score distance = new MahalanobisScore(fitted);
        yield (evidence, stored) -> -Math.sqrt(-distance.of(evidence));
      }
      case NEIGHBOUR -> {
        WhitenedNeighbourScore neighbours = new WhitenedNeighbourScore(fitted);
        yield (evidence, stored) -> neighbours.of(evidence, stored ? 1 : 0);
      }
      case FREE -> {
        Score free = new FreeVertexScore(centres);
        yield (evidence, stored) -> free.of(evidence);
      }
      default -> throw new IllegalArgumentException("no score '" + name + "' to standardise");
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double of(Evidence evidence) {
    int taken = evidence.nearest();
    return (base.applyAsDouble(evidence) - means[taken]) / deviations[taken];
  }
}
