package io.nirvanastreams.trainer.train;

/**
 * The learning rate over the epochs. Immutable.
 *
 * @param kind which course it takes
 * @param learningRate where that begins
 * @param warmUp epochs in which the rate first rises to it along a line; 0 is off
 * @param stepEpochs epochs between two falls of {@link Kind#STEP}
 * @param stepFactor of each of those falls
 */
public record ScheduleSettings(
    Kind kind, double learningRate, int warmUp, int stepEpochs, double stepFactor) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range
   */
  public ScheduleSettings {
    Ranges.check(learningRate > 0 && Double.isFinite(learningRate), "learning-rate", learningRate);
    Ranges.check(warmUp >= 0, "warm-up", warmUp);
    Ranges.check(stepEpochs >= 1, "step-epochs", stepEpochs);
    Ranges.check(stepFactor > 0 && stepFactor <= 1, "step-factor", stepFactor);
  }

  /** The courses. */
  public enum Kind {
    /** Falls to 0 along half a cosine. */
    COSINE,
    /** Falls by a factor every so many epochs. */
    STEP,
    /** Stays. */
    CONSTANT
  }
}
