package io.nirvanastreams.app.console.view;

import io.nirvanastreams.schemas.Alert;

/**
 * Something about the unknowns that wants a person.
 *
 * @param groupId the group; empty for a flood
 * @param kind BORN, GROWING or FLOOD
 * @param size members, or unknowns in the window
 * @param at capture time of the image that raised it, milliseconds since 1970
 * @param message one sentence
 */
public record AlertNote(String groupId, String kind, long size, long at, String message) {

  static AlertNote of(Alert alert) {
    return new AlertNote(
        alert.getGroupId(),
        alert.getKind().name(),
        alert.getSize(),
        alert.getRaisedAt().toEpochMilli(),
        alert.getMessage());
  }
}
