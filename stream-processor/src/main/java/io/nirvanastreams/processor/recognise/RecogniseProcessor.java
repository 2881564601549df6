package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.Vectors;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers each image once: waits for its inference, decides, forwards one {@link Answer} keyed by
 * source. A one-to-one map whose only state is in stores, so that exactly-once is Kafka Streams'
 * own.
 *
 * <p>Throws {@link InferenceUnavailableException} when the image must be tried again. One per task;
 * its thread only.
 */
public final class RecogniseProcessor implements Processor<byte[], ReceivedImage, String, Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(RecogniseProcessor.class);
  private static final int LONGEST_ID = 1024;
  private static final int BESIDE_THE_TEXTS = 1024;
  private static final int BYTES_A_CHARACTER = 3;
  private static final Duration INLINE_PATIENCE = Duration.ofMinutes(1);

  private final InferenceScheduler scheduler;
  private final Serializer<Novelty> novelties;
  private final Topics topics;
  private final Counters counters;
  private final Clock clock;
  private final LiveOverrides overrides;
  private final AnswerOptions options;
  private final Map<String, Long> knowns = new HashMap<>();
  private ProcessorContext<String, Answer> context;
  private AnswerAdditions additions;
  private RecordLimits limits;

  /**
   * A processor of one task.
   *
   * @param topics the topics that answers and novelties go to
   * @param overrides targets of single sources and classes
   * @param options what is added to the judgement
   */
  public RecogniseProcessor(
      InferenceScheduler scheduler,
      Serializer<Novelty> novelties,
      Topics topics,
      Counters counters,
      Clock clock,
      LiveOverrides overrides,
      AnswerOptions options) {
    this.scheduler = scheduler;
    this.novelties = novelties;
    this.topics = topics;
    this.counters = counters;
    this.clock = clock;
    this.overrides = overrides;
    this.options = options;
  }

  @Override
  public void init(ProcessorContext<String, Answer> processorContext) {
    context = processorContext;
    additions = new AnswerAdditions(options, overrides, context);
    limits = RecordLimits.of(processorContext.appConfigs());
  }

  @Override
  public void process(Record<byte[], ReceivedImage> record) {
    ReceivedImage received = record.value();
    if (received == null) {
      throw new IllegalArgumentException("a record without a value is no image");
    }
    if (received.failure() != null) {
      throw unreadable(received.failure());
    }
    checkIds(received.event());
    Inference inference = await(received, record.timestamp());
    Answer answer;
    if (inference instanceof Inference.Embedded embedded) {
      answer = embedded(received.event(), embedded, record.timestamp());
    } else {
      answer = undecodable(record, (Inference.Undecodable) inference);
    }
    checkSize(answer.recognition());
    counters.answered(answer.recognition().getOutcome());
    log(answer.recognition(), record.headers());
    context.forward(
        new Record<>(
            answer.recognition().getSourceId(),
            answer,
            record.timestamp(),
            TraceContext.only(record.headers())));
  }

  @Override
  public void close() {
    novelties.close();
  }

  private static void log(Recognition answer, Headers headers) {
    if (LOG.isDebugEnabled()) {
      LOG.atDebug()
          .addKeyValue("eventId", answer.getEventId())
          .addKeyValue("sourceId", answer.getSourceId())
          .addKeyValue("modelVersion", answer.getModelVersion())
          .addKeyValue("outcome", answer.getOutcome())
          .addKeyValue("traceId", TraceContext.of(headers).map(TraceContext::traceId).orElse(""))
          .log("answered {} {}", answer.getEventId(), answer.getOutcome());
    }
  }

  /** A registry that does not answer says nothing about the record. */
  private static RuntimeException unreadable(SerializationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException) {
        return new InferenceUnavailableException("the schema registry does not answer", failure);
      }
    }
    return failure;
  }

  private Inference await(ReceivedImage received, long recordTime) {
    CompletableFuture<Inference> inference =
        received.pending() == null
            ? submit(received.event(), recordTime)
            : received.pending().inference();
    try {
      return inference.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof InferenceUnavailableException unavailable) {
        throw unavailable;
      }
      throw new InferenceUnavailableException("inference failed", e.getCause());
    }
  }

  private CompletableFuture<Inference> submit(ImageEvent event, long recordTime) {
    counters.submittedInline();
    return scheduler
        .submit(List.of(new InferenceRequest(event, recordTime, position())), INLINE_PATIENCE)
        .stream()
        .findFirst()
        .orElseThrow(() -> new InferenceUnavailableException("no room in the scheduler"));
  }

  private InferenceRequest.Position position() {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    return new InferenceRequest.Position(source.partition(), source.offset());
  }

  private Answer embedded(ImageEvent event, Inference.Embedded inference, long recordTime) {
    Recognition recognition =
        Recognitions.judged(event, inference, overrides, recordTime, clock.instant());
    additions.add(event, recognition, recordTime);
    String scope = event.getScope();
    if (recognition.getOutcome() == Outcome.KNOWN) {
      knowns.merge(scope, 1L, Long::sum);
      return new Answer(recognition, null, 0, null);
    }
    if (!additions.novel(recognition)) {
      return new Answer(recognition, null, 0, null);
    }
    Novelty novelty =
        Novelty.newBuilder()
            .setRecognition(recognition)
            .setEmbedding(
                Vectors.pack(
                    inference
                        .servedBy()
                        .at(recordTime)
                        .grouping()
                        .apply(inference.embedding().representation())))
            .setMediaType(event.getMediaType())
            .setBytes(event.getBytes())
            .setReference(event.getReference())
            .setRegion(event.getRegion())
            .build();
    Long before = knowns.remove(scope);
    return new Answer(recognition, fitting(novelty), before == null ? 0 : before, null);
  }

  /** The novelty carries more than its image; one that does not fit goes without it. */
  private byte[] fitting(Novelty novelty) {
    String topic = topics.novelties().name();
    int most =
        Math.min(
            limits.of(topic),
            limits.of(context.applicationId() + "-" + AnswerProcessors.BY_SCOPE + "-repartition"));
    byte[] bytes = novelties.serialize(topic, novelty);
    if (bytes.length > most - 2 * LONGEST_ID && novelty.getBytes() != null) {
      novelty.setBytes(null);
      bytes = novelties.serialize(topic, novelty);
    }
    if (bytes.length > most - 2 * LONGEST_ID) {
      throw new IllegalArgumentException(
          "its novelty of " + bytes.length + " bytes does not fit into the topic " + topic);
    }
    return bytes;
  }

  /** Ids become keys and parts of many records; without end they would spoil whole transactions. */
  private static void checkIds(ImageEvent event) {
    for (String id : List.of(event.getEventId(), event.getSourceId(), event.getScope())) {
      if (id.length() > LONGEST_ID) {
        throw new IllegalArgumentException(
            "an id of " + id.length() + " characters; at most " + LONGEST_ID + " are allowed");
      }
    }
  }

  private void checkSize(Recognition answer) {
    long characters = answer.getEventId().length() + 2L * answer.getSourceId().length();
    characters += answer.getScope().length() + length(answer.getReason());
    characters += length(answer.getLabel());
    for (NearestClass nearest : answer.getNearest()) {
      characters += nearest.getLabel().length();
    }
    String topic = topics.recognitions().name();
    if (BESIDE_THE_TEXTS + BYTES_A_CHARACTER * characters > limits.of(topic)) {
      throw new IllegalArgumentException("its answer does not fit into the topic " + topic);
    }
  }

  private static int length(String text) {
    return text == null ? 0 : text.length();
  }

  private Answer undecodable(
      Record<byte[], ReceivedImage> record, Inference.Undecodable inference) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    String reason = DeadLetter.brief(inference.reason());
    return new Answer(
        Recognitions.undecodable(
            record.value().event(),
            new Inference.Undecodable(reason, inference.servedBy(), inference.times()),
            record.timestamp(),
            clock.instant()),
        null,
        0,
        DeadLetter.of(
            record.key(),
            record.value().bytes(),
            new DeadLetter.Source(
                source.topic(), source.partition(), source.offset(), record.headers()),
            DeadLetter.UNDECODABLE,
            reason));
  }
}
