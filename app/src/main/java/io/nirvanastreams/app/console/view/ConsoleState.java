package io.nirvanastreams.app.console.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * All that the page shows at one moment, or what changed since another: sections that did not
 * change are null and left out of the JSON. Immutable.
 *
 * @param counters numbers of the header
 * @param liveVersion version that answers now; -1 when none is live
 * @param frames answered images, newest first
 * @param groups groups of unknowns, those that wait for a person first
 * @param versions model versions, newest first
 * @param events what happened to model versions, newest first
 * @param alerts alerts, newest first
 * @param problem why the console sees nothing new; empty while it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConsoleState(
    Counters counters,
    Integer liveVersion,
    List<Frame> frames,
    List<GroupCard> groups,
    List<VersionRow> versions,
    List<ModelNote> events,
    List<AlertNote> alerts,
    String problem) {

  /**
   * What this state has that an earlier one of the same view did not.
   *
   * @param frameLimit most new frames to hand on; at a high rate the newest of them
   */
  public ConsoleState changesSince(ConsoleState before, int frameLimit) {
    long seen = before.frames.isEmpty() ? 0 : before.frames.get(0).serial();
    List<Frame> fresh =
        frames.stream().filter(frame -> frame.serial() > seen).limit(frameLimit).toList();
    return new ConsoleState(
        changed(counters, before.counters),
        changed(liveVersion, before.liveVersion),
        fresh.isEmpty() ? null : fresh,
        changed(groups, before.groups),
        changed(versions, before.versions),
        changed(events, before.events),
        changed(alerts, before.alerts),
        changed(problem, before.problem));
  }

  /** Whether there is nothing in it. */
  public boolean unchanged() {
    return counters == null
        && liveVersion == null
        && frames == null
        && groups == null
        && versions == null
        && events == null
        && alerts == null
        && problem == null;
  }

  private static <T> T changed(T now, T before) {
    return Objects.equals(now, before) ? null : now;
  }
}
