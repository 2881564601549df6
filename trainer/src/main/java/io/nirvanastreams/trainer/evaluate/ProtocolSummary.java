package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.Spread;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The protocols of {@link EpochProtocols} over several splits, the honest ones beside the authors'.
 * Immutable.
 *
 * @param measure that the authors' protocol goes by in each split
 * @param runs by the name of the split; the order is kept
 */
public record ProtocolSummary(String measure, Map<String, EpochProtocols> runs) {

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException without any run, or when one does not have the measure or has
   *     others than the first
   */
  public ProtocolSummary {
    runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("A summary needs the curve of one split at least");
    }
    runs.values().forEach(run -> run.bestOnTest(measure));
    if (runs.values().stream().map(run -> run.last().test().keySet()).distinct().count() > 1) {
      throw new IllegalArgumentException("The splits have different measures");
    }
  }

  /** Names of the measures, in the order of the first split. */
  private List<String> measures() {
    return List.copyOf(runs.values().iterator().next().last().test().keySet());
  }

  /** Mean and deviation over the splits, by protocol and then by measure. */
  public Map<String, Map<String, Spread>> spreads() {
    List<Map<String, EpochMeasures>> splits =
        runs.values().stream().map(run -> run.byProtocol(measure)).toList();
    Map<String, Map<String, Spread>> spreads = new LinkedHashMap<>();
    for (String protocol : splits.get(0).keySet()) {
      Map<String, Spread> row = new LinkedHashMap<>();
      for (String name : measures()) {
        row.put(
            name,
            Spread.of(
                splits.stream()
                    .mapToDouble(split -> split.get(protocol).test().get(name))
                    .toArray()));
      }
      spreads.put(protocol, row);
    }
    return spreads;
  }

  /** A line a protocol, as a table in Markdown. */
  public String toMarkdown() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    spreads()
        .forEach(
            (protocol, row) ->
                rows.put(protocol, row.values().stream().map(MeasureTable::spread).toList()));
    return MeasureTable.markdown("protocol, mean of " + runs.size() + " splits", measures(), rows);
  }
}
