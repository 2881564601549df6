package io.nirvanastreams.openset.discovery;

/**
 * LORD++: decides on each p-value as it comes, with a level that every alarm raises and that time
 * lets fade.
 *
 * <p>Ramdas, Yang, Wainwright, Jordan, "Online control of the false discovery rate with decaying
 * memory", NeurIPS 2017, section 3, after Javanmard and Montanari, "Online rules for control of
 * false discovery rate", Annals of Statistics 46, 2018. At position t the level is gamma_t w + (a -
 * w) gamma_(t - t1) + a sum over later alarms tj of gamma_(t - tj), with the target a and w = a/2;
 * gamma sums to less than 1 and falls as log t / (t exp(sqrt(log t))), section 4 of the latter. The
 * promise is for p-values of known images that are independent of each other.
 *
 * <p>Levels become small between alarms, 2e-4 of the target after a hundred images, and conformal
 * p-values go no lower than 1 / (n + 1) with n calibration images: with fewer than some ten
 * thousand of them this rule mostly stays silent and a {@link FalseDiscoveryWindow} is the better
 * choice. P-values of the Weibull tail are small enough but only as good as that tail: at a target
 * of 0.1, streams of clothes and digits with 5 % unknown had 0 to 30 % false alarms, depending on
 * the score.
 *
 * <p>Deterministic: the same state and p-value give the same answer, bit for bit.
 *
 * @param target the false discovery rate at every time
 */
public record FalseDiscoveryStream(double target) implements FalseDiscoveryRule {
  /** Makes the sequence sum to almost 1. */
  private static final double GAMMA = 0.07720838;

  /**
   * The answer for one p-value.
   *
   * @param alarm whether to raise one
   * @param level at or below which a p-value raised an alarm here
   * @param state to give with the next p-value
   */
  public record Step(boolean alarm, double level, FalseDiscoveryState state) {}

  /** Checks the target. */
  public FalseDiscoveryStream {
    PValues.checkTarget(target);
  }

  /**
   * Decides on the next p-value.
   *
   * @throws IllegalArgumentException when it is outside 0..1 or NaN
   */
  public Step next(FalseDiscoveryState state, double pValue) {
    PValues.check(pValue);
    double level = level(state);
    boolean alarm = pValue <= level;
    return new Step(alarm, level, state.next(alarm));
  }

  /** The level that the next p-value will be held against. */
  public double level(FalseDiscoveryState state) {
    long position = state.tested() + 1;
    double start = target / 2;
    double level = start * gamma(position);
    if (state.first() > 0) {
      level += (target - start) * gamma(position - state.first());
    }
    for (long alarm : state.later()) {
      level += target * gamma(position - alarm);
    }
    return level;
  }

  @Override
  public boolean[] alarms(double[] pValues) {
    boolean[] alarms = new boolean[pValues.length];
    FalseDiscoveryState state = FalseDiscoveryState.START;
    for (int i = 0; i < alarms.length; i++) {
      Step step = next(state, pValues[i]);
      alarms[i] = step.alarm();
      state = step.state();
    }
    return alarms;
  }

  /** Share of the wealth that is spent t positions after it was earned; t from 1. */
  static double gamma(long t) {
    // StrictMath: a state restored on another machine must lead to the same alarms.
    double log = StrictMath.log((double) t);
    double atLeast = Math.max(log, StrictMath.log(2));
    return GAMMA * atLeast / (t * StrictMath.exp(Math.sqrt(log)));
  }
}
