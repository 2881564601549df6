package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.guarantee.Evidence;
import io.nirvanastreams.app.guarantee.ModelHistory;
import io.nirvanastreams.app.guarantee.SeenAnswer;
import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.schemas.Recognition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Books every image that was sent and every answer that was read, so that it can be said what is
 * missing and the promises can be judged. All methods are synchronised: cameras write, the topic
 * reader writes, the screen reads.
 */
final class AnswerLedger {
  private final Map<String, SentImage> sent = new LinkedHashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<SeenAnswer> seen = new ArrayList<>();

  synchronized void sent(SentImage image) {
    sent.put(image.eventId(), image);
  }

  /** Books an answer that a read_committed reader saw. */
  synchronized void answered(Recognition recognition, long nowMillis) {
    // The demo's cameras are few and its cluster whole: partitions and times are not looked at.
    seen.add(new SeenAnswer(recognition, 0, 0));
    SentImage image = sent.get(recognition.getEventId());
    if (image != null && answered.add(image.eventId())) {
      answers.add(Answer.of(image, recognition, nowMillis));
    }
  }

  /** What the promises are judged by. */
  synchronized Evidence evidence(ModelHistory models) {
    return new Evidence(List.copyOf(sent.values()), seen, models, List.of());
  }

  synchronized long sentCount() {
    return sent.size();
  }

  synchronized long answeredCount() {
    return answered.size();
  }

  /** The images that have no answer yet. */
  synchronized Set<String> unanswered() {
    Set<String> missing = new HashSet<>(sent.keySet());
    missing.removeAll(answered);
    return missing;
  }

  /** The true class of an image that was sent; null for a stranger. */
  synchronized String truth(String eventId) {
    SentImage image = sent.get(eventId);
    return image == null ? null : image.truth();
  }

  /** All answers so far, in the order they were read. */
  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }
}
