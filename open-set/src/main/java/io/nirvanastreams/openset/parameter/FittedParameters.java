package io.nirvanastreams.openset.parameter;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Arrays by name, as the thresholds record carries them. They are rounded to float when they are
 * fitted, not when they are written, so that whoever fitted them and whoever read them judge alike,
 * bit for bit.
 *
 * <p>Immutable by convention: arrays are shared and must not be written to.
 *
 * @param arrays by a name such as {@code relative-mahalanobis.mean}
 */
public record FittedParameters(Map<String, float[]> arrays) {

  /** For scores and rules that have nothing to fit. */
  public static final FittedParameters NONE = new FittedParameters(Map.of());

  /** Keeps its own map. */
  public FittedParameters {
    arrays = Collections.unmodifiableMap(new TreeMap<>(arrays));
  }

  /**
   * One array.
   *
   * @throws IllegalArgumentException when it was not fitted
   */
  public float[] get(String name) {
    float[] array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "the calibration holds no '" + name + "'; fit it anew with this score and method");
    }
    return array;
  }

  /** Rows one after the other, rounded to float as a record stores them. */
  public static float[] flat(double[][] rows) {
    float[] flat = new float[Arrays.stream(rows).mapToInt(row -> row.length).sum()];
    int at = 0;
    for (double[] row : rows) {
      for (double value : row) {
        flat[at++] = (float) value;
      }
    }
    return flat;
  }

  /** These and those; a name that both have is taken from those. */
  public FittedParameters with(FittedParameters those) {
    Map<String, float[]> all = new TreeMap<>(arrays);
    all.putAll(those.arrays);
    return new FittedParameters(all);
  }

  /** Equal when the values are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FittedParameters that
        && arrays.keySet().equals(that.arrays.keySet())
        && arrays.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), that.arrays.get(entry.getKey())));
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (Map.Entry<String, float[]> entry : arrays.entrySet()) {
      hash = 31 * hash + entry.getKey().hashCode() + Arrays.hashCode(entry.getValue());
    }
    return hash;
  }

  @Override
  public String toString() {
    return "FittedParameters" + arrays.keySet();
  }
}
