package io.nirvanastreams.app.audit;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.AuditRecord;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the records of decisions. Stateless. */
public final class AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

  private AuditTrail() {}

  /** Those that are meant, newest first; one that cannot be read is logged and left out. */
  public static List<AuditRecord> read(ClusterAccess access, Predicate<AuditRecord> wanted) {
    Topic topic = access.topics().audit();
    List<AuditRecord> found = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<AuditRecord> deserializer = access.serdes().deserializer(AuditRecord.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          consumed -> {
            try {
              AuditRecord entry = deserializer.deserialize(consumed.topic(), consumed.value());
              if (entry != null && wanted.test(entry)) {
                found.add(entry);
              }
            } catch (SerializationException e) {
              LOG.warn(
                  "left out {}-{} at {}: {}",
                  consumed.topic(),
                  consumed.partition(),
                  consumed.offset(),
                  e.getMessage());
              LOG.debug("why", e);
            }
          });
    }
    found.sort(Comparator.comparing(AuditRecord::getOccurredAt).reversed());
    return found;
  }
}
