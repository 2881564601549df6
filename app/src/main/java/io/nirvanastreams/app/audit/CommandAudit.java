package io.nirvanastreams.app.audit;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.AuditAction;
import io.nirvanastreams.schemas.AuditOutcome;
import io.nirvanastreams.schemas.AuditRecord;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/** Records of what was decided on the command line. Stateless. */
public final class CommandAudit {
  private static final String CHANNEL = "command line";
  private static final int DELIVERY_MILLIS = 10_000;

  private CommandAudit() {}

  /**
   * Writes the record of a decision that was carried out. The name of the author is what they say:
   * who may use this command is a matter of the cluster's ACLs.
   *
   * @param told hears it when the record cannot be kept; the decision stands
   */
  public static void done(
      ClusterAccess access,
      AuditAction action,
      String subject,
      String detail,
      String author,
      PrintWriter told) {
    AuditRecord entry =
        AuditRecord.newBuilder()
            .setOccurredAt(Instant.now())
            .setActor(author)
            .setAction(action)
            .setSubject(subject)
            .setDetail(detail)
            .setChannel(CHANNEL)
            .setOutcome(AuditOutcome.DONE)
            .build();
    Map<String, Object> settings = new HashMap<>(access.kafka());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    try (ControlProducer producer = new ControlProducer(settings, access.serdes())) {
      producer.write(access.topics().audit(), author, entry);
    } catch (KafkaException e) {
      told.println(
          "warning: done, but not kept in "
              + access.topics().audit().name()
              + ": "
              + e.getMessage());
    }
  }
}
