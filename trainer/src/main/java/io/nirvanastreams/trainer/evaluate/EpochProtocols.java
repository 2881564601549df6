package io.nirvanastreams.trainer.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same training run reported by different protocols: which epoch's model counts. Immutable.
 *
 * <p>The authors take the best epoch on the test set and the unknown images themselves, as much
 * published code does. That is no estimate of anything, since nobody knows the best epoch of images
 * yet to come; it is given under its own name so that figures can stand beside published ones.
 *
 * @param curve one entry an epoch, ascending
 */
public record EpochProtocols(List<EpochMeasures> curve) {
  /** Row of the last epoch, chosen before the run. */
  public static final String LAST = "last epoch";

  /** Row of the epoch that was best on validation images. */
  public static final String SELECTED = "selected on validation";

  /** Row of the authors' protocol. */
  public static final String BEST_ON_TEST = "best on test (as the authors)";

  /**
   * Copies and checks the curve.
   *
   * @throws IllegalArgumentException when it is empty, not ascending, or its epochs have different
   *     measures
   */
  public EpochProtocols {
    curve = List.copyOf(curve);
    if (curve.isEmpty()) {
      throw new IllegalArgumentException("Protocols need one epoch with its measures at least");
    }
    for (int i = 1; i < curve.size(); i++) {
      if (curve.get(i).epoch() <= curve.get(i - 1).epoch()
          || !curve.get(i).test().keySet().equals(curve.get(0).test().keySet())) {
        throw new IllegalArgumentException(
            "Epochs must ascend and have the same measures; epoch %d does not"
                .formatted(curve.get(i).epoch()));
      }
    }
  }

  /** The last epoch. */
  public EpochMeasures last() {
    return curve.get(curve.size() - 1);
  }

  /** The best by validation, the later of equals; the last where nothing was validated. */
  public EpochMeasures selected() {
    EpochMeasures best = null;
    for (EpochMeasures epoch : curve) {
      if (!Double.isNaN(epoch.validation())
          && (best == null || epoch.validation() >= best.validation())) {
        best = epoch;
      }
    }
    return best == null ? last() : best;
  }

  /**
   * The best by a measure on the test images, the earlier of equals, as in the released code.
   *
   * @param measure a name of the curve's measures
   * @throws IllegalArgumentException when the curve does not have it
   */
  public EpochMeasures bestOnTest(String measure) {
    EpochMeasures best = null;
    for (EpochMeasures epoch : curve) {
      Double value = epoch.test().get(measure);
      if (value == null) {
        throw new IllegalArgumentException(
            "The curve has no '%s'; it has %s".formatted(measure, epoch.test().keySet()));
      }
      if (best == null
          || Double.isNaN(best.test().get(measure))
          || value > best.test().get(measure)) {
        best = epoch;
      }
    }
    return best;
  }

  /**
   * The epochs by protocol, the honest ones first.
   *
   * @param measure that the authors' protocol goes by, such as {@code auroc}
   */
  public Map<String, EpochMeasures> byProtocol(String measure) {
    Map<String, EpochMeasures> rows = new LinkedHashMap<>();
    rows.put(LAST, last());
    rows.put(SELECTED, selected());
    rows.put(BEST_ON_TEST, bestOnTest(measure));
    return rows;
  }

  /** The protocols side by side, as a table in Markdown. */
  public String toMarkdown(String measure) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    byProtocol(measure)
        .forEach(
            (name, epoch) ->
                rows.put(
                    name + ", epoch " + epoch.epoch(),
                    epoch.test().values().stream().map(MeasureTable::share).toList()));
    return MeasureTable.markdown("protocol", List.copyOf(curve.get(0).test().keySet()), rows);
  }

  /** The whole curve, comma-separated, one line an epoch. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder("epoch,validation");
    curve.get(0).test().keySet().forEach(name -> csv.append(',').append(name));
    for (EpochMeasures epoch : curve) {
      csv.append('\n').append(epoch.epoch()).append(',').append(cell(epoch.validation()));
      epoch.test().values().forEach(value -> csv.append(',').append(cell(value)));
    }
    return csv.append('\n').toString();
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
