package io.nirvanastreams.processor.journal;

import io.nirvanastreams.processor.batch.InferenceRequest;

/**
 * Names an image in the journal. Beside its place it has a part of its ids: a topic that is deleted
 * and made anew has other images at the same places. Immutable.
 *
 * @param ids hash codes of event and source id
 */
record ImageKey(long partition, long offset, long ids) {
  /** The key of a request; null for an image that has no place in the stream. */
  static ImageKey of(InferenceRequest request) {
    InferenceRequest.Position position = request.position();
    return position == null
        ? null
        : new ImageKey(
            position.partition(),
            position.offset(),
            ((long) request.event().getEventId().hashCode() << Integer.SIZE)
                | (request.event().getSourceId().hashCode() & 0xFFFF_FFFFL));
  }
}
