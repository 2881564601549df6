package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.processor.limit.RecordLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that could not be processed, as it goes to the dead letters: its key, its bytes, its own
 * headers, and headers that say why. Those have the names that Kafka Streams gives to its own dead
 * letters, so that one reader understands both; there is no stack trace.
 *
 * @param key the record's key
 * @param value the record's value
 * @param headers the record's headers, then those that say why
 */
@SuppressWarnings("ArrayRecordComponent") // On its way to a topic, never compared.
public record DeadLetter(byte[] key, byte[] value, Headers headers) {
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

  /** Header that is there when the record did not fit: bytes of its value, in digits. */
  public static final String CUT = "nirvana.dead-letter.cut";

  /** The kind of failure of images that cannot be decoded. */
  public static final String UNDECODABLE =
      "io.nirvanastreams.embedding.image.UndecodableImageException";

  private static final String WHY = "__streams.errors.";
  private static final int LONGEST_REASON = 500;

  /**
   * Where a record comes from.
   *
   * @param topic its topic
   * @param partition its partition
   * @param offset its offset
   * @param headers its headers
   */
  public record Source(String topic, int partition, long offset, Headers headers) {}

  /**
   * The dead letter of a record.
   *
   * @param exception the kind of failure
   * @param reason why, for people
   */
  public static DeadLetter of(
      byte[] key, byte[] value, Source source, String exception, String reason) {
    Headers headers = new RecordHeaders();
    for (Header header : source.headers()) {
      // A letter that was redriven and failed again says only why it failed last.
      if (!header.key().startsWith(WHY) && !header.key().equals(CUT)) {
        headers.add(header);
      }
    }
    addWhy(headers, source, exception, reason);
    return new DeadLetter(key, value, headers);
  }

  /**
   * This letter, or as much of it as a topic takes: its source says where the whole record is.
   *
   * @param limit bytes of key, value and headers
   */
  public DeadLetter within(int limit) {
    if (RecordLimits.size(key, value, headers) <= limit) {
      return this;
    }
    Headers why = new RecordHeaders();
    for (Header header : headers) {
      if (header.key().startsWith(WHY)) {
        why.add(header);
      }
    }
    why.add(CUT, utf8(Integer.toString(value == null ? 0 : value.length)));
    Headers kept = RecordLimits.size(null, null, headers) > limit / 4 ? why : headers.add(cut(why));
    byte[] keptKey = key != null && key.length > limit / 4 ? null : key;
    int room = limit - RecordLimits.size(keptKey, null, kept);
    byte[] keptValue =
        value == null || value.length <= room ? value : Arrays.copyOf(value, Math.max(0, room));
    return new DeadLetter(keptKey, keptValue, kept);
  }

  /** A reason as one short line. */
  public static String brief(String reason) {
    String line = String.valueOf(reason).replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }

  private static Header cut(Headers headers) {
    return headers.lastHeader(CUT);
  }

  private static void addWhy(Headers headers, Source source, String exception, String reason) {
    headers
        .add(EXCEPTION, utf8(exception))
        .add(MESSAGE, utf8(brief(reason)))
        .add(TOPIC, utf8(source.topic()))
        .add(PARTITION, utf8(Integer.toString(source.partition())))
        .add(OFFSET, utf8(Long.toString(source.offset())));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
