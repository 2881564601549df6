package io.nirvanastreams.processor;

import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead-letters records that the topology fails on and goes on, as Kafka Streams' own handler does,
 * but fails the thread when the reason is not the record: a model that does not come, a broken
 * device. The record is then tried again by the thread's replacement; dead-lettering it would leave
 * a good image without its answer.
 */
public final class DeadLetterPolicy extends LogAndContinueProcessingExceptionHandler {
  /** Made by Kafka Streams. */
  public DeadLetterPolicy() {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof InferenceUnavailableException) {
        return Response.fail();
      }
    }
    return super.handleError(context, record, exception);
  }
}
