package io.nirvanastreams.app.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shares of right answers of a version, from 0 to 1. Immutable.
 *
 * @param first of the first version's classes
 * @param old of the classes before the one added; of all for the first version
 * @param oldAmongOld the same when the new class may not be answered: what is left out is what is
 *     now taken for the new class
 * @param added recall of the class added; NaN for the first version
 * @param all of all classes of the version
 */
record ClassShares(double first, double old, double oldAmongOld, double added, double all) {

  /**
   * Counts.
   *
   * @param firstClasses how many classes the first version had
   * @param oldClasses how many the version before had; of the first one its own
   * @param classes how many this one has
   */
  static ClassShares of(NearestVertices images, int firstClasses, int oldClasses, int classes) {
    return new ClassShares(
        images.accuracy(0, firstClasses, classes),
        images.accuracy(0, oldClasses, classes),
        images.accuracy(0, oldClasses, oldClasses),
        images.accuracy(oldClasses, classes, classes),
        images.accuracy(0, classes, classes));
  }

  /** By name. */
  Map<String, Double> byName() {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("first", first);
    shares.put("old", old);
    shares.put("old among old", oldAmongOld);
    shares.put("added", added);
    shares.put("all", all);
    return shares;
  }
}
