package io.nirvanastreams.processor;

import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.processor.recognise.DeadLetter;
import io.nirvanastreams.processor.recognise.ReceivedImage;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead-letters records that the topology fails on and goes on, in the same transaction, but fails
 * the thread when the reason is not the record: a model that does not come, a broken device. The
 * record is then tried again by the thread's replacement; dead-lettering it would leave a good
 * image without its answer.
 */
public final class DeadLetterPolicy implements ProcessingExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterPolicy.class);

  private RecordLimits limits = new RecordLimits();
  private Counters counters;
  private String topic;

  /** Made by Kafka Streams. */
  public DeadLetterPolicy() {}

  @Override
  public void configure(Map<String, ?> configs) {
    limits = RecordLimits.of(configs);
    counters = configs.get(Counters.SETTING) instanceof Counters held ? held : null;
    topic = String.valueOf(configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof InferenceUnavailableException) {
        return Response.fail();
      }
    }
    LOG.atWarn()
        .addKeyValue("eventId", eventId(record))
        .addKeyValue(
            "traceId", TraceContext.of(context.headers()).map(TraceContext::traceId).orElse(""))
        .log(
            "Dead-lettered {}-{} at {}: {}",
            context.topic(),
            context.partition(),
            context.offset(),
            DeadLetter.brief(String.valueOf(exception)));
    if (counters != null) {
      counters.deadLettered();
    }
    LOG.debug("Why", exception);
    DeadLetter letter =
        DeadLetter.of(
                context.sourceRawKey(),
                context.sourceRawValue(),
                new DeadLetter.Source(
                    context.topic(), context.partition(), context.offset(), context.headers()),
                exception.getClass().getName(),
                exception.getMessage())
            .within(limits.of(topic));
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                topic,
                null,
                context.timestamp() < 0 ? null : context.timestamp(),
                letter.key(),
                letter.value(),
                letter.headers())));
  }

  private static String eventId(Record<?, ?> record) {
    return record != null && record.value() instanceof ReceivedImage image && image.event() != null
        ? image.event().getEventId()
        : "";
  }
}
