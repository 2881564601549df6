package io.nirvanastreams.openset.discovery;

import java.util.Arrays;

/**
 * The step-up procedure of Benjamini and Hochberg over one window of p-values ("Controlling the
 * False Discovery Rate", Journal of the Royal Statistical Society B 57, 1995): with k the largest
 * rank whose p-value is at most k/n of the target, the k smallest raise an alarm.
 *
 * <p>Holds for independent p-values and for conformal ones that share their calibration images,
 * which are positively dependent (Bates, Candes, Lei, Romano, Sesia, "Testing for Outliers with
 * Conformal p-values", Annals of Statistics 51, 2023, theorem 2), which means those of the global
 * rule: ranks within different classes are not of one sample. With 3,000 calibration images, a
 * target of 0.1 and 5 % unknown in a window of 2,000 at most 7 % of the alarms were false on
 * clothes and digits. Needs the window whole: use {@link FalseDiscoveryStream} where an alarm
 * cannot wait.
 *
 * @param target the false discovery rate within a window
 */
public record FalseDiscoveryWindow(double target) implements FalseDiscoveryRule {

  /** Checks the target. */
  public FalseDiscoveryWindow {
    PValues.checkTarget(target);
  }

  @Override
  public boolean[] alarms(double[] pValues) {
    double[] ascending = pValues.clone();
    Arrays.sort(ascending);
    double threshold = -1;
    for (int i = 0; i < ascending.length; i++) {
      PValues.check(ascending[i]);
      if (ascending[i] <= target * (i + 1) / ascending.length) {
        threshold = ascending[i];
      }
    }
    boolean[] alarms = new boolean[pValues.length];
    for (int i = 0; i < alarms.length; i++) {
      alarms[i] = pValues[i] <= threshold;
    }
    return alarms;
  }
}
