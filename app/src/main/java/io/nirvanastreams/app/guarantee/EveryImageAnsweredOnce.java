package io.nirvanastreams.app.guarantee;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Each image has exactly one answer for readers of committed records, and nothing else has one.
 * Stateless.
 */
public final class EveryImageAnsweredOnce implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    Set<String> open = new HashSet<>();
    evidence.images().forEach(image -> open.add(image.eventId()));
    Set<String> sent = Set.copyOf(open);
    List<String> violations = new ArrayList<>();
    int doubled = 0;
    for (SeenAnswer answer : evidence.answers()) {
      if (!sent.contains(answer.eventId())) {
        violations.add("an answer for an image that nobody sent: " + answer.eventId());
      } else if (!open.remove(answer.eventId())) {
        doubled++;
        violations.add(answer.eventId() + " was answered twice");
      }
    }
    open.stream().sorted().forEach(eventId -> violations.add(eventId + " was not answered"));
    String figures =
        String.format(
            Locale.ROOT,
            "%,d sent, %,d answers, %d missing, %d doubled",
            sent.size(),
            evidence.answers().size(),
            open.size(),
            doubled);
    return Finding.of(this, !sent.isEmpty(), figures, violations);
  }
}
