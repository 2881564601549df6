package io.nirvanastreams.openset.measure;

/** Accepted known and unknown images at every threshold, from accepting all to accepting none. */
final class RocCurve {

  private final int[] known;
  private final int[] unknown;
  private final int points;

  private RocCurve(int[] known, int[] unknown, int points) {
    this.known = known;
    this.unknown = unknown;
    this.points = points;
  }

  /** Equal scores leave together: no threshold lies between them. */
  static RocCurve of(double[] knownAscending, double[] unknownAscending) {
    int all = knownAscending.length + unknownAscending.length;
    int[] accepted = new int[all + 1];
    int[] alarms = new int[all + 1];
    int k = 0;
    int u = 0;
    int points = 0;
    accepted[points] = knownAscending.length;
    alarms[points++] = unknownAscending.length;
    while (k < knownAscending.length || u < unknownAscending.length) {
      double next =
          Math.min(
              k < knownAscending.length ? knownAscending[k] : Double.POSITIVE_INFINITY,
              u < unknownAscending.length ? unknownAscending[u] : Double.POSITIVE_INFINITY);
      while (k < knownAscending.length && knownAscending[k] <= next) {
        k++;
      }
      while (u < unknownAscending.length && unknownAscending[u] <= next) {
        u++;
      }
      accepted[points] = knownAscending.length - k;
      alarms[points++] = unknownAscending.length - u;
    }
    return new RocCurve(accepted, alarms, points);
  }

  double tnrAtTpr(double target) {
    int best = 0;
    for (int i = 1; i < points; i++) {
      if (Math.abs(truePositives(i) - target) < Math.abs(truePositives(best) - target)) {
        best = i;
      }
    }
    return 1 - falsePositives(best);
  }

  double detectionAccuracy() {
    double best = 0;
    for (int i = 0; i < points; i++) {
      best = Math.max(best, 0.5 * (truePositives(i) + 1 - falsePositives(i)));
    }
    return best;
  }

  double areaIn() {
    // The curve ends at recall 0 with precision 0, as in the released evaluation code.
    double area = 0;
    for (int i = 0; i < points - 1; i++) {
      double precision = precisionIn(i);
      double following = i + 1 < points - 1 ? precisionIn(i + 1) : 0;
      area += (precision + following) / 2 * (truePositives(i) - truePositives(i + 1));
    }
    return area;
  }

  double areaOut() {
    double area = 0;
    double previous = 0;
    for (int i = 1; i < points; i++) {
      double refusedKnown = (double) known[0] - known[i];
      double refusedUnknown = (double) unknown[0] - unknown[i];
      double precision = refusedUnknown / (refusedKnown + refusedUnknown);
      area += (previous + precision) / 2 * (falsePositives(i - 1) - falsePositives(i));
      previous = precision;
    }
    return area;
  }

  private double precisionIn(int point) {
    return (double) known[point] / ((double) known[point] + unknown[point]);
  }

  private double truePositives(int point) {
    return (double) known[point] / known[0];
  }

  private double falsePositives(int point) {
    return (double) unknown[point] / unknown[0];
  }
}
