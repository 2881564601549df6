package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.model.BadModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the old classes may lose when new ones are learned. A version that loses more is trained
 * again from its parent, with a greater weight of the old classes. Immutable.
 *
 * <p>The limit holds for the fall of the accuracy on validation images and one standard error more:
 * on a few hundred images the fall alone is luck. Nothing here sees a test image.
 *
 * <p>The weight grows by the root of two, and not for long: measured on clothes, a weight of 2
 * costs a class that looks like old ones a third of its recall, and one of 4 all of it.
 *
 * @param limit largest fall, as a fraction; 1 keeps nothing
 * @param attempts trainings at most; with 1 it is only measured
 */
public record ForgettingLimit(double limit, int attempts) {
  /** One point, three trainings. */
  public static final ForgettingLimit DEFAULT = new ForgettingLimit(0.01, 3);

  private static final Logger LOG = LoggerFactory.getLogger(ForgettingLimit.class);
  private static final double GROWTH = Math.sqrt(2);

  /** So that a fall of just the limit is within it, whatever the division made of it. */
  private static final double ROUNDING = 1e-9;

  private static final int MOST_ATTEMPTS = 10;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for one outside its range
   */
  public ForgettingLimit {
    if (!(limit >= 0 && limit <= 1)) {
      throw new IllegalArgumentException(
          "the limit of forgetting is a fraction from 0 to 1, not " + limit);
    }
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "a version is trained 1 to %d times, not %d".formatted(MOST_ATTEMPTS, attempts));
    }
  }

  /**
   * Trains and measures a version.
   *
   * @param <T> what one training gives
   */
  @FunctionalInterface
  public interface Training<T> {
    /**
     * Trains from the parent.
     *
     * @param oldWeight of an image of an old class against one of a new class
     */
    LearningAttempt<T> with(double oldWeight) throws IOException, BadModelException;
  }

  /**
   * Whether nothing fell, or the fall and one standard error more is within the limit. Where
   * nothing fell, the error alone is no reason: on a hundred images it is beyond a limit of one
   * point as soon as two change sides, and training again would only cost the new class.
   */
  public boolean keeps(Forgetting forgetting) {
    return forgetting.fall() <= 0 || forgetting.fall() + forgetting.error() <= limit + ROUNDING;
  }

  /**
   * Trains until the limit is kept, or as often as is allowed; then the version that forgets least
   * is taken, the earlier of equals. Without validation images there is nothing to go by, and the
   * first one is taken. The same training gives the same result again.
   *
   * @param firstWeight of the old classes in the first training
   */
  public <T> BoundedLearning<T> keep(double firstWeight, Training<T> training)
      throws IOException, BadModelException {
    List<LearningAttempt<T>> done = new ArrayList<>();
    int least = 0;
    double weight = firstWeight;
    while (done.size() < attempts) {
      LearningAttempt<T> attempt = training.with(weight);
      done.add(attempt);
      LOG.info("{}", attempt.describe());
      if (attempt.forgetting().fall() < done.get(least).forgetting().fall()) {
        least = done.size() - 1;
      }
      if (keeps(attempt.forgetting()) || attempt.forgetting().images() == 0) {
        return new BoundedLearning<>(this, done, done.size() - 1);
      }
      weight *= GROWTH;
    }
    BoundedLearning<T> result = new BoundedLearning<>(this, done, least);
    if (attempts > 1) {
      LOG.warn("{}", result.remark());
    }
    return result;
  }
}
