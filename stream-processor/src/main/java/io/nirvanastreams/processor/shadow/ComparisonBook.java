package io.nirvanastreams.processor.shadow;

import io.nirvanastreams.processor.shadow.SeenImages.Seen;
import io.nirvanastreams.schemas.Evaluation;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What candidates were found to do beside live versions since it was told last, and which of both
 * was right where a person named the image, before or after. Safe for any thread.
 */
final class ComparisonBook {
  private final String modelName;
  private final String instance;
  private final Clock clock;
  private final Map<Versions, Tally> tallies = new LinkedHashMap<>();
  private final SeenImages seen = new SeenImages();
  private Instant begin;

  /** An empty book of an instance. */
  ComparisonBook(String modelName, String instance, Clock clock) {
    this.modelName = modelName;
    this.instance = instance;
    this.clock = clock;
    this.begin = clock.instant();
  }

  /** A candidate beside a live version. */
  record Versions(int candidate, int live) {}

  /** What both said of one image. */
  record Comparison(String eventId, Recognition live, Recognition candidate, Seen seen) {}

  /** An image found no room. */
  synchronized void dropped(Versions versions) {
    tally(versions).dropped();
  }

  /** The candidate failed on images. */
  synchronized void failed(Versions versions, int images) {
    tally(versions).failed(images);
  }

  /** Images that both looked at. */
  synchronized void compared(Versions versions, List<Comparison> comparisons) {
    Tally tally = tally(versions);
    for (Comparison one : comparisons) {
      tally.compared(one.live(), one.candidate());
      seen.seen(one.eventId(), one.seen()).ifPresent(name -> labelled(one.seen(), name));
    }
  }

  /** How long both took for the same images, microseconds. */
  synchronized void timed(Versions versions, int images, long liveMicros, long candidateMicros) {
    tally(versions).timed(images, liveMicros, candidateMicros);
  }

  /** A record of the labels topic. */
  synchronized void label(String eventId, LabelAssigned label) {
    if (label != null
        && label.getSubjectType() == SubjectType.EVENT
        && label.getAction() == LabelAction.ASSIGN) {
      seen.named(eventId, label.getClassName())
          .ifPresent(one -> labelled(one, label.getClassName()));
    }
  }

  /** What was compared since the last call. */
  synchronized List<Evaluation> drain() {
    Instant now = clock.instant();
    List<Evaluation> evaluations = new ArrayList<>();
    for (Tally tally : tallies.values()) {
      Evaluation evaluation = tally.evaluation();
      evaluation.setInstance(instance);
      evaluation.setFrom(begin);
      evaluation.setUntil(now);
      evaluations.add(evaluation);
    }
    tallies.clear();
    begin = now;
    return evaluations;
  }

  private void labelled(Seen one, String name) {
    tally(new Versions(one.candidate().version(), one.live().version()))
        .labelled(one.live().right(name), one.candidate().right(name));
  }

  private Tally tally(Versions versions) {
    return tallies.computeIfAbsent(
        versions, any -> new Tally(modelName, versions.candidate(), versions.live()));
  }
}
