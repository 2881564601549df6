package io.nirvanastreams.app.guarantee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The answers of one source come in the order of its images, in one partition. Answers that come
 * twice, or to nothing, are what {@link EveryImageAnsweredOnce} is about. Stateless.
 */
public final class OrderPerSource implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    Map<String, SentImage> sent =
        evidence.images().stream()
            .collect(Collectors.toMap(SentImage::eventId, Function.identity()));
    Set<String> seen = new HashSet<>();
    Map<String, SentImage> last = new HashMap<>();
    Map<String, Integer> partitions = new HashMap<>();
    List<String> violations = new ArrayList<>();
    for (SeenAnswer answer : evidence.answers()) {
      SentImage image = sent.get(answer.eventId());
      if (image == null || !seen.add(image.eventId())) {
        continue;
      }
      SentImage before = last.put(image.sourceId(), image);
      if (before != null && image.sequence() < before.sequence()) {
        violations.add(image.eventId() + " came after " + before.eventId());
      }
      Integer partition = partitions.putIfAbsent(image.sourceId(), answer.partition());
      if (partition != null && partition != answer.partition()) {
        violations.add(image.eventId() + " was answered in another partition than its source");
      }
    }
    String figures =
        String.format(
            Locale.ROOT,
            "%d sources, %d partitions, %d out of order",
            last.size(),
            partitions.values().stream().distinct().count(),
            violations.size());
    return Finding.of(this, !last.isEmpty(), figures, violations);
  }
}
