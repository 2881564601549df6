package io.nirvanastreams.processor.group;

import io.nirvanastreams.openset.grouping.GroupingSettings;
import java.time.Duration;

/**
 * How unknowns become groups and alerts. Immutable.
 *
 * @param clustering distances, sizes and bounds of the clustering
 * @param exemplarMaxBytes larger images are not kept as exemplars
 * @param cooldown shortest time between two alerts about the same group or scope, by capture time
 * @param flood when there are too many unknowns
 * @param alertsNeedAlarm whether alerts about groups wait for an image that raises an alarm
 */
public record GroupingOptions(
    GroupingSettings clustering,
    int exemplarMaxBytes,
    Duration cooldown,
    Flood flood,
    boolean alertsNeedAlarm) {
  /** With alerts that wait for no alarm. */
  public GroupingOptions(
      GroupingSettings clustering, int exemplarMaxBytes, Duration cooldown, Flood flood) {
    this(clustering, exemplarMaxBytes, cooldown, flood, false);
  }

  /**
   * When a scope is flooded with unknowns.
   *
   * @param window length of the windows that answers are counted in, by capture time
   * @param share share of unknowns among the answers of a window that is a flood
   * @param minimum answers a window must have to be judged
   */
  public record Flood(Duration window, double share, int minimum) {}
}
