package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The small steps between an {@link Answer} and its topics. */
public final class AnswerProcessors {
  /** Name of the repartition topic, without the application's id before it. */
  public static final String BY_SCOPE = "novelties-by-scope";

  private static final String KNOWNS = "nirvana.knowns-before";

  private AnswerProcessors() {}

  /** {@link Answer#knownsBefore()} as it came along with a novelty; 0 when it did not. */
  public static long knownsBefore(Headers headers) {
    Header header = headers.lastHeader(KNOWNS);
    return header == null || header.value().length != Long.BYTES
        ? 0
        : ByteBuffer.wrap(header.value()).getLong();
  }

  /** Gives a dead letter its key, its bytes and its headers, as far as they fit. */
  public static final class ToDeadLetter
      extends ContextualProcessor<String, Answer, byte[], byte[]> {
    private final String topic;
    private RecordLimits limits;

    /**
     * For one task.
     *
     * @param topic the topic of the dead letters
     */
    public ToDeadLetter(String topic) {
      this.topic = topic;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      super.init(context);
      limits = RecordLimits.of(context.appConfigs());
    }

    @Override
    public void process(Record<String, Answer> record) {
      DeadLetter letter = record.value().deadLetter().within(limits.of(topic));
      context()
          .forward(
              new Record<>(letter.key(), letter.value(), record.timestamp(), letter.headers()));
    }
  }

  /** Re-keys a novelty by its scope, for the grouping. */
  public static final class ByScope extends ContextualProcessor<String, Answer, String, byte[]> {
    /** For one task. */
    public ByScope() {}

    @Override
    public void process(Record<String, Answer> record) {
      Answer answer = record.value();
      byte[] knowns = ByteBuffer.allocate(Long.BYTES).putLong(answer.knownsBefore()).array();
      context()
          .forward(
              new Record<>(
                  answer.recognition().getScope(),
                  answer.novelty(),
                  record.timestamp(),
                  TraceContext.only(record.headers()).add(KNOWNS, knowns)));
    }
  }
}
