package io.nirvanastreams.app.audit;

import io.nirvanastreams.schemas.AuditRecord;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records of decisions to their topic and to the log. Safe from any thread. */
public final class KafkaAudit implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAudit.class);

  private final Topic topic;
  private final ControlProducer producer;

  /** Writes through a producer, which stays the caller's to close. */
  public KafkaAudit(Topics topics, ControlProducer producer) {
    this.topic = topics.audit();
    this.producer = producer;
  }

  /**
   * Makes sure that records can be kept, before anybody decides anything.
   *
   * @param clients settings of the Kafka clients
   * @throws KafkaException when the cluster has no topic for them, or keeps it from this principal
   */
  public static void requireTopic(Topics topics, Map<String, Object> clients) {
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(clients)) {
      var unused = TopicReader.partitions(consumer, List.of(topics.audit()));
    }
  }

  @Override
  public void write(AuditRecord entry) {
    LOG.info("audit {}", entry);
    try {
      producer.write(topic, entry.getActor(), entry);
    } catch (KafkaException e) {
      LOG.error("not kept in {}: {}", topic.name(), entry, e);
    }
  }
}
