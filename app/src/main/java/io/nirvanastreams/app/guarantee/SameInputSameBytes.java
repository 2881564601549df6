package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.Timings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same images answered once more by the same models give the same recognitions, byte for byte,
 * timings apart. Stateless.
 */
public final class SameInputSameBytes implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    Map<String, SeenAnswer> first = new HashMap<>();
    evidence.answers().forEach(answer -> first.putIfAbsent(answer.eventId(), answer));
    List<String> violations = new ArrayList<>();
    long compared = 0;
    long otherVersion = 0;
    for (SeenAnswer again : evidence.repeated()) {
      SeenAnswer before = first.remove(again.eventId());
      if (before == null) {
        violations.add(again.eventId() + " was answered only when repeated, or twice");
      } else if (before.version() != again.version()) {
        otherVersion++;
      } else {
        compared++;
        if (!bytes(before.recognition()).equals(bytes(again.recognition()))) {
          violations.add(again.eventId() + " was answered differently");
        }
      }
    }
    boolean tried = compared > 0;
    if (!evidence.repeated().isEmpty()) {
      first
          .keySet()
          .forEach(eventId -> violations.add(eventId + " was not answered when repeated"));
    }
    String figures =
        String.format(
            Locale.ROOT,
            "%,d answered again by the same version, %d differ; %d by another version",
            compared,
            violations.size(),
            otherVersion);
    return Finding.of(this, tried, figures, violations);
  }

  private static ByteBuffer bytes(Recognition recognition) {
    try {
      return Recognition.newBuilder(recognition)
          .setTimings(Timings.newBuilder().build())
          .build()
          .toByteBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("an answer cannot be encoded", e);
    }
  }
}
