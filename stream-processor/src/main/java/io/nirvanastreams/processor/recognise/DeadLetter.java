package io.nirvanastreams.processor.recognise;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An image record that led to no image. Headers have the names that Kafka Streams gives to its own
 * dead letters, so that one reader understands both; there is no stack trace.
 *
 * @param key the record's key
 * @param value the record's value
 * @param reason why, for people
 * @param topic where the record was
 * @param partition its partition
 * @param offset its offset
 */
@SuppressWarnings("ArrayRecordComponent") // On its way to a topic, never compared.
public record DeadLetter(
    byte[] key, byte[] value, String reason, String topic, int partition, long offset) {
  /** Header with the kind of failure. */
  public static final String EXCEPTION = "__streams.errors.exception";

  /** Header with the reason. */
  public static final String MESSAGE = "__streams.errors.message";

  /** Header with the source topic. */
  public static final String TOPIC = "__streams.errors.topic";

  /** Header with the source partition, in digits. */
  public static final String PARTITION = "__streams.errors.partition";

  /** Header with the source offset, in digits. */
  public static final String OFFSET = "__streams.errors.offset";

  /** The kind of failure of all of them. */
  public static final String UNDECODABLE =
      "io.nirvanastreams.embedding.image.UndecodableImageException";

  /** The headers of this dead letter. */
  public Headers headers() {
    return new RecordHeaders()
        .add(EXCEPTION, utf8(UNDECODABLE))
        .add(MESSAGE, utf8(reason))
        .add(TOPIC, utf8(topic))
        .add(PARTITION, utf8(Integer.toString(partition)))
        .add(OFFSET, utf8(Long.toString(offset)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
