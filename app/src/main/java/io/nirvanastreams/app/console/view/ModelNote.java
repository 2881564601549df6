package io.nirvanastreams.app.console.view;

import io.nirvanastreams.schemas.ModelEvent;

/**
 * Something that happened to a model version.
 *
 * @param name name of the model
 * @param version version of the model
 * @param kind TRAINING, NOT_PUBLISHED, PUBLISHED, LOADED, REFUSED or ACTIVATED
 * @param instance who says so
 * @param reason why, or a remark
 * @param durationMillis how long it took
 * @param at when, milliseconds since 1970
 */
public record ModelNote(
    String name,
    int version,
    String kind,
    String instance,
    String reason,
    double durationMillis,
    long at) {

  static ModelNote of(ModelEvent event) {
    return new ModelNote(
        event.getName(),
        event.getVersion(),
        event.getKind().name(),
        event.getInstance(),
        event.getReason(),
        event.getDurationMillis(),
        event.getOccurredAt().toEpochMilli());
  }
}
