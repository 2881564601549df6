package io.nirvanastreams.trainer.retrain;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What came of learning under a {@link ForgettingLimit}. Immutable.
 *
 * @param <T> what one training gives
 * @param limit that was to be kept
 * @param attempts all trainings, in order, each followed by the same with a lead where one was
 *     given
 * @param index of the one that was taken
 */
public record BoundedLearning<T>(
    ForgettingLimit limit, List<LearningAttempt<T>> attempts, int index) {

  /** Copies the list. */
  public BoundedLearning {
    attempts = List.copyOf(attempts);
  }

  /** How many trainings there were. */
  public int trainings() {
    return (int) attempts.stream().mapToDouble(LearningAttempt::oldWeight).distinct().count();
  }

  /** The training that was taken. */
  public LearningAttempt<T> taken() {
    return attempts.get(index);
  }

  /** Whether it keeps the limit. */
  public boolean kept() {
    return limit.keeps(taken().forgetting());
  }

  /** The same with something else in the place of the models. */
  public <R> BoundedLearning<R> map(Function<T, R> function) {
    return new BoundedLearning<>(
        limit,
        attempts.stream()
            .map(
                one ->
                    new LearningAttempt<>(
                        function.apply(one.model()),
                        one.oldWeight(),
                        one.lead(),
                        one.forgetting(),
                        one.newRecall()))
            .toList(),
        index);
  }

  /** What a person should know about it; empty when the first training kept the limit. */
  public String remark() {
    if (kept() && attempts.size() == 1) {
      return "";
    }
    String limits = String.format(Locale.ROOT, "%.2f", 100 * limit.limit());
    return kept()
        ? "the old classes are kept within %s points in %s; %s"
            .formatted(limits, counted(), taken().describe())
        : "the old classes cannot be kept within %s points in %s; %s"
            .formatted(limits, counted(), taken().describe());
  }

  private String counted() {
    return trainings() == 1 ? "1 training" : trainings() + " trainings";
  }
}
