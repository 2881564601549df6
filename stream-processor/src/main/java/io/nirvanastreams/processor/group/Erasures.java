package io.nirvanastreams.processor.group;

import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups that somebody asked to erase, out of the labels topic, which keeps each request for
 * ever: so an instance that was down hears of it when it starts. Their number is bounded by what
 * people ask for. Hears the topic on the global thread; read by all tasks.
 */
public final class Erasures {
  private final Map<String, LabelAssigned> requests = new ConcurrentHashMap<>();

  /** Takes the latest word on a subject; null takes the word back. */
  public void label(String subjectId, LabelAssigned label) {
    if (label != null
        && label.getAction() == LabelAction.ERASE
        && label.getSubjectType() == SubjectType.GROUP) {
      requests.put(subjectId, label);
    } else {
      requests.remove(subjectId);
    }
  }

  /** The requests that stand, in no order; those that were carried out are among them. */
  Collection<LabelAssigned> requests() {
    return requests.values();
  }
}
