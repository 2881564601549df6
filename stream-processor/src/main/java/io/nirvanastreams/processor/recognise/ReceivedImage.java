package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.processor.batch.PendingInference;
import io.nirvanastreams.schemas.ImageEvent;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A value of the images topic as the topology sees it. Immutable by convention: bytes and event are
 * shared.
 *
 * @param event the parsed value; null when it cannot be read
 * @param bytes the value as it was on the topic; a dead letter carries it
 * @param pending the answer under way, or null when the record was not submitted at poll
 * @param failure why it cannot be read; otherwise null
 */
@SuppressWarnings("ArrayRecordComponent") // A view of one record, never compared.
public record ReceivedImage(
    ImageEvent event, byte[] bytes, PendingInference pending, SerializationException failure) {

  /**
   * Takes event and answer from the record's header where the record was submitted at poll, and
   * parses it otherwise. Values that cannot be read are passed on with their failure: the processor
   * fails on them, so that all dead letters go one way. For one thread at a time.
   */
  public static final class Reader implements Deserializer<ReceivedImage> {
    private final Deserializer<ImageEvent> events;

    /** A reader that parses with this deserializer. */
    public Reader(Deserializer<ImageEvent> events) {
      this.events = events;
    }

    @Override
    public ReceivedImage deserialize(String topic, Headers headers, byte[] bytes) {
      PendingInference pending = PendingInference.take(headers);
      return pending == null
          ? deserialize(topic, bytes)
          : new ReceivedImage(pending.event(), bytes, pending, null);
    }

    @Override
    public ReceivedImage deserialize(String topic, byte[] bytes) {
      try {
        ImageEvent event = events.deserialize(topic, bytes);
        return event == null ? null : new ReceivedImage(event, bytes, null, null);
      } catch (SerializationException e) {
        return new ReceivedImage(null, bytes, null, e);
      }
    }

    @Override
    public void close() {
      events.close();
    }
  }
}
