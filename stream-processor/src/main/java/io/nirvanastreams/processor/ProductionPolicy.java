package io.nirvanastreams.processor;

import io.nirvanastreams.processor.limit.RecordLimits;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Learns from a record that the cluster refused as too large. Going on is not possible: the
 * transaction is spoilt by then, whatever this answers. So the thread is replaced, tries its
 * records again, and cuts or dead-letters the one that it now knows not to fit. All else is Kafka
 * Streams' own handling.
 */
public final class ProductionPolicy extends DefaultProductionExceptionHandler {
  private RecordLimits limits = new RecordLimits();

  /** Made by Kafka Streams. */
  public ProductionPolicy() {}

  @Override
  public void configure(Map<String, ?> configs) {
    super.configure(configs);
    limits = RecordLimits.of(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RecordTooLargeException) {
      limits.refused(
          record.topic(), RecordLimits.size(record.key(), record.value(), record.headers()));
      return Response.fail();
    }
    return super.handleError(context, record, exception);
  }
}
