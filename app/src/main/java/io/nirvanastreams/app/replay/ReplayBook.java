package io.nirvanastreams.app.replay;

import io.nirvanastreams.app.replay.ReplayReport.Change;
import io.nirvanastreams.app.replay.ReplayReport.Difference;
import io.nirvanastreams.processor.replay.ImageRange;
import io.nirvanastreams.processor.replay.Replay;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps book of a replay's answers and of the stream's to the same images. Holds about 200 bytes an
 * image while a difference is asked for, and none otherwise. For one thread.
 */
public final class ReplayBook {
  private final int examples;
  private final boolean comparing;
  private final TreeMap<String, Long> outcomes = new TreeMap<>();
  private final TreeMap<Integer, Long> versions = new TreeMap<>();
  private final Map<String, Verdict> replayed = new HashMap<>();
  private final Map<String, Verdict> streamed = new HashMap<>();
  private long repeated;
  private long earliest = Long.MAX_VALUE;

  /**
   * An empty book.
   *
   * @param comparing whether a difference will be asked for
   * @param examples event ids kept for each kind of change
   */
  public ReplayBook(boolean comparing, int examples) {
    this.comparing = comparing;
    this.examples = examples;
  }

  /** An answer of the replay. */
  public void replayed(Recognition answer, long recordTime) {
    outcomes.merge(answer.getOutcome().toString(), 1L, Long::sum);
    versions.merge(answer.getModelVersion(), 1L, Long::sum);
    earliest = Math.min(earliest, recordTime);
    if (comparing && replayed.put(answer.getEventId(), Verdict.of(answer)) != null) {
      repeated++;
    }
  }

  /** An answer of the stream; those to other images are left out. */
  public void streamed(Recognition answer) {
    if (replayed.containsKey(answer.getEventId())) {
      streamed.put(answer.getEventId(), Verdict.of(answer));
    }
  }

  /** Whether an answer of the stream is known for every image. */
  public boolean complete() {
    return streamed.size() == replayed.size();
  }

  /** Earliest record time of a replayed image, milliseconds: no answer of the stream is older. */
  public long earliest() {
    return earliest;
  }

  /** All of it. */
  public ReplayReport report(String topic, ImageRange range, Replay.Result result) {
    return new ReplayReport(
        topic,
        range.text(),
        result.answered(),
        result.unreadable(),
        !result.stopped(),
        outcomes,
        versions,
        comparing ? difference() : null);
  }

  private Difference difference() {
    TreeMap<Integer, Long> before = new TreeMap<>();
    Map<List<String>, List<String>> changed = new HashMap<>();
    Map<List<String>, Long> counts = new HashMap<>();
    long agreeing = 0;
    long identical = 0;
    // In the order of their ids, so that a report of the same answers is the same.
    for (Map.Entry<String, Verdict> entry : new TreeMap<>(streamed).entrySet()) {
      Verdict from = entry.getValue();
      Verdict to = replayed.get(entry.getKey());
      before.merge(from.modelVersion(), 1L, Long::sum);
      identical += from.fingerprint() == to.fingerprint() ? 1 : 0;
      if (from.agrees(to)) {
        agreeing++;
        continue;
      }
      List<String> kind = List.of(kind(from.outcome(), to.outcome()), from.text(), to.text());
      counts.merge(kind, 1L, Long::sum);
      List<String> ids = changed.computeIfAbsent(kind, any -> new ArrayList<>());
      if (ids.size() < examples) {
        ids.add(entry.getKey());
      }
    }
    List<Change> changes = new ArrayList<>();
    counts.forEach(
        (kind, count) ->
            changes.add(
                new Change(
                    kind.get(0), kind.get(1), kind.get(2), count, List.copyOf(changed.get(kind)))));
    changes.sort(
        Comparator.comparingLong(Change::count)
            .reversed()
            .thenComparing(Change::from)
            .thenComparing(Change::to));
    long compared = streamed.size();
    return new Difference(
        compared,
        unanswered(),
        repeated,
        agreeing,
        compared == 0 ? 1 : (double) agreeing / compared,
        identical,
        before,
        List.copyOf(changes));
  }

  private long unanswered() {
    Set<String> missing = new HashSet<>(replayed.keySet());
    missing.removeAll(streamed.keySet());
    return missing.size();
  }

  private static String kind(Outcome from, Outcome to) {
    return from == Outcome.KNOWN && to == Outcome.KNOWN ? "LABEL" : from + "_TO_" + to;
  }
}
