package io.nirvanastreams.app.demo;

import io.nirvanastreams.schemas.Recognition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Books every image that was sent and every answer that was read, and so knows what is missing,
 * doubled, out of order, or answered by the wrong version. All methods are synchronised: cameras
 * write, the topic reader writes, the screen reads.
 */
final class AnswerLedger {
  private final Map<String, SentImage> sent = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final List<Answer> answers = new ArrayList<>();
  private final Map<String, Answer> lastOfSource = new HashMap<>();
  private final Map<Integer, String> modelOfVersion = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long doubled;
  private long strangers;

  synchronized void sent(SentImage image) {
    sent.put(image.eventId(), image);
  }

  /** Books an answer that a read_committed reader saw. */
  synchronized void answered(Recognition recognition, long nowMillis) {
    SentImage image = sent.get(recognition.getEventId());
    if (image == null) {
      strangers++;
      violations.add("an answer for an image that nobody sent: " + recognition.getEventId());
      return;
    }
    if (!answered.add(image.eventId())) {
      doubled++;
      violations.add("EveryImageAnsweredOnce: " + image.eventId() + " was answered twice");
      return;
    }
    Answer answer = Answer.of(image, recognition, nowMillis);
    answers.add(answer);
    checkOrder(answer);
    checkModel(answer);
  }

  private void checkOrder(Answer answer) {
    Answer last = lastOfSource.put(answer.image().sourceId(), answer);
    if (last == null) {
      return;
    }
    if (answer.image().sequence() <= last.image().sequence()) {
      violations.add(
          "OrderPerSource: " + answer.image().eventId() + " came after " + last.image().eventId());
    }
    if (answer.version() < last.version()) {
      violations.add(
          "OneModelPerAnswer: "
              + answer.image().eventId()
              + " went back from version "
              + last.version()
              + " to "
              + answer.version());
    }
  }

  private void checkModel(Answer answer) {
    String first = modelOfVersion.putIfAbsent(answer.version(), answer.modelAndThresholds());
    if (first != null && !first.equals(answer.modelAndThresholds())) {
      violations.add(
          "OneModelPerAnswer: version "
              + answer.version()
              + " answered with two models or calibrations");
    }
  }

  synchronized long sentCount() {
    return sent.size();
  }

  synchronized long answeredCount() {
    return answered.size();
  }

  synchronized long doubledCount() {
    return doubled;
  }

  synchronized long strangerCount() {
    return strangers;
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

  /** What broke a promise, in words. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
