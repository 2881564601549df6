package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.model.BadModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the old classes may lose when new ones are learned. Where a version loses more, its old
 * classes get the smallest lead over the new ones that keeps the limit; where none does, it is
 * trained again from its parent, with a greater weight of the old classes. Immutable.
 *
 * <p>The limit holds for the fall of the accuracy on validation images and one standard error more:
 * on a few hundred images the fall alone is luck. Nothing here sees a test image.
 *
 * <p>The weight grows by the root of two, and not for long: measured on clothes, a weight of 2
 * costs a class that looks like old ones a third of its recall, and one of 4 all of it. A lead goes
 * as far as the weight of the last training would, since both draw the same line; at the same
 * forgetting it leaves the new class more, and it can be as small as it may be.
 *
 * @param limit largest fall, as a fraction; 1 keeps nothing
 * @param attempts trainings at most; with 1 it is only measured, and no lead is given
 */
public record ForgettingLimit(double limit, int attempts) {
  /** One point, three trainings. */
  public static final ForgettingLimit DEFAULT = new ForgettingLimit(0.01, 3);

  private static final Logger LOG = LoggerFactory.getLogger(ForgettingLimit.class);
  private static final double GROWTH = Math.sqrt(2);

  /** So that a fall of just the limit is within it, whatever the division made of it. */
  private static final double ROUNDING = 1e-9;

  private static final int MOST_ATTEMPTS = 10;
  private static final int LEADS_OF_THE_RADIUS = 100;

  /**
   * A lead is searched for until it just suffices, so it suffices on these images by luck more
   * often than a training that is measured once: in 10 of 100 draws of validation images the old
   * classes lost more than the limit on others. With half an error more it is 7 of 100.
   */
  private static final double ERRORS_OF_A_LEAD = 1.5;

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
  public interface Training<T> {
    /**
     * Trains from the parent.
     *
     * @param oldWeight of an image of an old class against one of a new class
     */
    LearningAttempt<T> with(double oldWeight) throws IOException, BadModelException;

    /**
     * How a trained version does with leads of its old classes, ready to be asked for many; empty
     * where its network has no place for one.
     */
    Optional<Leads<T>> leads(LearningAttempt<T> trained) throws IOException, BadModelException;
  }

  /**
   * A trained version whose old classes can be given a lead.
   *
   * @param <T> what one training gives
   */
  public interface Leads<T> {
    /** What the old classes would lose, computed from the features that there are. */
    Forgetting forgetting(double lead);

    /** The version with the lead in its weights, measured as a trained one is. */
    LearningAttempt<T> with(double lead) throws IOException, BadModelException;
  }

  /**
   * Whether nothing fell, or the fall and one standard error more is within the limit. Where
   * nothing fell, the error alone is no reason: on a hundred images it is beyond a limit of one
   * point as soon as two change sides, and training again would only cost the new class.
   */
  public boolean keeps(Forgetting forgetting) {
    return keeps(forgetting, 1);
  }

  private boolean keeps(Forgetting forgetting, double errors) {
    return forgetting.fall() <= 0
        || forgetting.fall() + errors * forgetting.error() <= limit + ROUNDING;
  }

  /**
   * Trains until the limit is kept, with a lead or without one, or as often as is allowed; then the
   * version that forgets least is taken, the earlier of equals. Without validation images there is
   * nothing to go by, and the first one is taken. The same training gives the same result again.
   *
   * @param firstWeight of the old classes in the first training
   */
  public <T> BoundedLearning<T> keep(double firstWeight, Training<T> training)
      throws IOException, BadModelException {
    List<LearningAttempt<T>> done = new ArrayList<>();
    double weight = firstWeight;
    for (int left = attempts - 1; left >= 0; left--) {
      LearningAttempt<T> trained = training.with(weight);
      done.add(trained);
      LOG.info("{}", trained.describe());
      if (!enough(trained)) {
        led(training, trained, largestLead(left)).ifPresent(done::add);
      }
      if (enough(done.get(done.size() - 1))) {
        return new BoundedLearning<>(this, done, done.size() - 1);
      }
      weight *= GROWTH;
    }
    BoundedLearning<T> result = new BoundedLearning<>(this, done, least(done));
    if (attempts > 1) {
      LOG.warn("{}", result.remark());
    }
    return result;
  }

  private boolean enough(LearningAttempt<?> attempt) {
    return keeps(attempt.forgetting()) || attempt.forgetting().images() == 0;
  }

  private static <T> int least(List<LearningAttempt<T>> done) {
    int least = 0;
    for (int i = 1; i < done.size(); i++) {
      if (done.get(i).forgetting().fall() < done.get(least).forgetting().fall()) {
        least = i;
      }
    }
    return least;
  }

  /** The lead that does what the weight would have grown to in so many more trainings. */
  private static double largestLead(int trainings) {
    double weight = Math.pow(GROWTH, trainings);
    return (weight - 1) / (weight + 1);
  }

  /**
   * The version with the smallest lead that keeps the limit with some room, else with none, or with
   * the largest if no lead does.
   */
  private <T> Optional<LearningAttempt<T>> led(
      Training<T> training, LearningAttempt<T> trained, double largest)
      throws IOException, BadModelException {
    int steps = (int) Math.floor((largest - trained.lead()) * LEADS_OF_THE_RADIUS + ROUNDING);
    Optional<Leads<T>> leads = steps > 0 ? training.leads(trained) : Optional.empty();
    if (leads.isEmpty()) {
      return Optional.empty();
    }
    int step = smallest(leads.get(), trained, steps, ERRORS_OF_A_LEAD);
    if (step > steps) {
      step = Math.min(steps, smallest(leads.get(), trained, steps, 1));
    }
    LearningAttempt<T> attempt = leads.get().with(lead(trained, step));
    LOG.info("{}", attempt.describe());
    return Optional.of(attempt);
  }

  private int smallest(Leads<?> leads, LearningAttempt<?> trained, int steps, double errors) {
    int step = 1;
    while (step <= steps && !keeps(leads.forgetting(lead(trained, step)), errors)) {
      step++;
    }
    return step;
  }

  private static double lead(LearningAttempt<?> trained, int step) {
    return trained.lead() + (double) step / LEADS_OF_THE_RADIUS;
  }
}
