package io.nirvanastreams.processor.replay;

import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a later model version made of the images of one group. Immutable.
 *
 * @param groupId id of the group
 * @param size members of the group
 * @param images images that were answered again
 * @param known images answered KNOWN, by class
 */
public record ReviewedGroup(String groupId, long size, int images, Map<String, Integer> known) {
  /** Copies the counts. */
  public ReviewedGroup {
    known = Map.copyOf(known);
  }

  /** The group with one more answer. */
  ReviewedGroup with(Recognition answer) {
    Map<String, Integer> more = new TreeMap<>(known);
    if (answer.getOutcome() == Outcome.KNOWN) {
      more.merge(answer.getLabel(), 1, Integer::sum);
    }
    return new ReviewedGroup(groupId, size, images + 1, more);
  }

  /** Images answered KNOWN. */
  public int knownImages() {
    return known.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The class that most images are answered with, of equal ones the first by name; or empty. */
  public String label() {
    return byCount().findFirst().map(Map.Entry::getKey).orElse("");
  }

  /** Whether the group is known by now. */
  public boolean recognised(ReviewSettings settings) {
    return images >= settings.minimumImages() && knownImages() >= settings.share() * images;
  }

  /** How many images are known, and as what, for people. */
  public String reason(int version) {
    String classes =
        byCount().map(one -> one.getValue() + " " + one.getKey()).collect(Collectors.joining(", "));
    return "version %d knows %d of %d images%s"
        .formatted(version, knownImages(), images, classes.isEmpty() ? "" : " (" + classes + ")");
  }

  private Stream<Map.Entry<String, Integer>> byCount() {
    return known.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
  }
}
