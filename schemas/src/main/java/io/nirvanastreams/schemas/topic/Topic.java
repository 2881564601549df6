package io.nirvanastreams.schemas.topic;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * One topic of the product: its full name, what its key and value are, and the settings it is
 * created with. Immutable.
 *
 * @param name full name with prefix
 * @param key what the record key holds, for people
 * @param schema Avro schema of the value; null where the value is raw bytes (dead letters)
 * @param purpose one sentence for people
 * @param partitioned whether the topic takes the configured number of partitions; control topics
 *     have one
 * @param config topic settings beyond the broker's defaults
 */
public record Topic(
    String name,
    String key,
    Schema schema,
    String purpose,
    boolean partitioned,
    Map<String, String> config) {

  /** Copies the settings. */
  public Topic {
    config = Map.copyOf(config);
  }

  /** The subject of the value schema (TopicNameStrategy). */
  public String subject() {
    return name + "-value";
  }

  /** Whether the topic keeps the latest value per key for ever. */
  public boolean compacted() {
    return "compact".equals(config.get("cleanup.policy"));
  }
}
