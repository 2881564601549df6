package io.nirvanastreams.app.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.nio.charset.StandardCharsets;

/**
 * An alert as it is sent out. Immutable.
 *
 * @param id the same whenever this alert is sent again: receivers drop what they have seen
 * @param kind BORN, GROWING or FLOOD
 * @param scope scope of the group or the flood
 * @param groupId the group; empty for a flood
 * @param size members of the group, or unknowns in the window
 * @param raisedAt capture time of the image that raised it, ISO-8601
 * @param message one sentence for a person
 * @param groupState OPEN, NAMED and so on, as far as it is known by now; empty otherwise
 * @param groupLabel the name of the group by now; empty without one
 */
public record AlertMessage(
    String id,
    String kind,
    String scope,
    String groupId,
    long size,
    String raisedAt,
    String message,
    String groupState,
    String groupLabel) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is known of a group beside the alert. */
  record Group(GroupState state, String label) {
    static final Group UNKNOWN = new Group(GroupState.UNSPECIFIED, "");

    static Group of(NoveltyGroup group) {
      return new Group(group.getState(), group.getLabel() == null ? "" : group.getLabel());
    }

    /** Whether somebody or something decided about it, so that nobody is wanted any more. */
    boolean settled() {
      return state != GroupState.UNSPECIFIED && state != GroupState.OPEN;
    }
  }

  static AlertMessage of(String id, Alert alert, Group group) {
    boolean known = group.state() != GroupState.UNSPECIFIED;
    return new AlertMessage(
        id,
        alert.getKind().name(),
        alert.getScope(),
        alert.getGroupId(),
        alert.getSize(),
        alert.getRaisedAt().toString(),
        alert.getMessage(),
        known ? group.state().name() : "",
        group.label());
  }

  /** What it is about, for the cooldown: the group or, for a flood, the scope, and the kind. */
  String subject() {
    return kind + " " + (groupId.isEmpty() ? scope : groupId);
  }

  /** The body, as JSON in UTF-8. */
  byte[] json() {
    try {
      return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert is text and numbers", e);
    }
  }
}
