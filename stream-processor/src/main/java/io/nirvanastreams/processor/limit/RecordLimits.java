package io.nirvanastreams.processor.limit;

import io.nirvanastreams.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How large records may be, by topic. A record that is too large ends its whole transaction, and
 * would do so again whenever it is tried: so what goes out is held against these limits first. They
 * are the topics' own, and sink when the cluster refuses a record all the same. Safe for any
 * thread.
 *
 * <p>It reaches handlers and processors as an object of the settings of Kafka Streams, under {@link
 * #SETTING}.
 */
public final class RecordLimits {
  /** Name of the setting that holds it. */
  public static final String SETTING = "nirvana.record.limits";

  /** What a record has around its key, value and headers, and the batch around it. */
  private static final int AROUND = 512;

  private static final int AROUND_A_HEADER = 16;

  private final Map<String, Integer> limits = new ConcurrentHashMap<>();

  /** The catalogue's limit for every topic. */
  public RecordLimits() {}

  /** The limits that settings hold; the catalogue's where they hold none. */
  public static RecordLimits of(Map<String, ?> settings) {
    return settings.get(SETTING) instanceof RecordLimits limits ? limits : new RecordLimits();
  }

  /** Takes what a topic is set to, unless less is known to be refused. */
  public void set(String topic, int maxMessageBytes) {
    limits.merge(topic, maxMessageBytes - AROUND, Math::min);
  }

  /** The cluster refused a record of this size; what is cut to fit is tried at half of it. */
  public void refused(String topic, int size) {
    limits.merge(topic, size / 2, Math::min);
  }

  /** Most bytes of key, value and headers. */
  public int of(String topic) {
    return limits.getOrDefault(topic, Topics.MAX_MESSAGE_BYTES - AROUND);
  }

  /** Bytes of a record as they count here. */
  public static int size(byte[] key, byte[] value, Headers headers) {
    long size = length(key) + length(value);
    for (Header header : headers) {
      size += AROUND_A_HEADER + 3L * header.key().length() + length(header.value());
    }
    return (int) Math.min(size, Integer.MAX_VALUE);
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
