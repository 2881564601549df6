package io.nirvanastreams.trainer.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model was worth after one epoch.
 *
 * @param epoch counts from 1
 * @param validation what an epoch may honestly be chosen by, higher = better; NaN without any
 * @param test measures on the test images and the unknown ones, by name; the order is kept
 */
public record EpochMeasures(int epoch, double validation, Map<String, Double> test) {

  /** Copies the map. */
  public EpochMeasures {
    test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
  }
}
