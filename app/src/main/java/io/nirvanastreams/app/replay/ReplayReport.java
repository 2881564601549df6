package io.nirvanastreams.app.replay;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.SortedMap;

/**
 * What a replay did and what it changed. Immutable by convention; its components are the fields of
 * the JSON report.
 *
 * @param topic where the answers are; empty when none were written
 * @param offsets the images, as {@code partition:from-to}
 * @param answered images answered
 * @param unreadable records that hold no image
 * @param complete whether the range was answered to its end
 * @param outcomes answers by outcome
 * @param versions answers by model version
 * @param difference against the stream's answers; null when that was not asked for
 */
@JsonPropertyOrder({
  "topic",
  "offsets",
  "answered",
  "unreadable",
  "complete",
  "outcomes",
  "versions",
  "difference"
})
public record ReplayReport(
    String topic,
    String offsets,
    long answered,
    long unreadable,
    boolean complete,
    SortedMap<String, Long> outcomes,
    SortedMap<Integer, Long> versions,
    Difference difference) {

  /**
   * How the answers differ from the stream's.
   *
   * @param compared images that both answered
   * @param unanswered images that the stream has not answered, or not any more
   * @param repeated answers whose event id came before; only the last of them is compared
   * @param agreeing of those compared, the ones with the same outcome and class
   * @param agreement their share, 0 to 1; 1 when nothing was compared
   * @param identical of those compared, the ones equal in every field but the timings
   * @param versions the stream's answers by model version
   * @param changes what became what, the most frequent first
   */
  public record Difference(
      long compared,
      long unanswered,
      long repeated,
      long agreeing,
      double agreement,
      long identical,
      SortedMap<Integer, Long> versions,
      List<Change> changes) {}

  /**
   * Images whose answer changed in one way.
   *
   * @param kind as {@code KNOWN_TO_UNKNOWN}; {@code LABEL} for another class
   * @param from the stream's answer: a class, {@code (unknown)} or {@code (undecodable)}
   * @param to the replay's answer
   * @param count images
   * @param examples event ids of a few of them
   */
  public record Change(String kind, String from, String to, long count, List<String> examples) {}
}
