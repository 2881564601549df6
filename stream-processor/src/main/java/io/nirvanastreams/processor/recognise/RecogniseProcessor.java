package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.Vectors;
import io.nirvanastreams.schemas.topic.Topics;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Answers each image once: waits for its inference, decides, forwards one {@link Answer} keyed by
 * source. A one-to-one map whose only state is in stores, so that exactly-once is Kafka Streams'
 * own.
 *
 * <p>Throws {@link InferenceUnavailableException} when the image must be tried again. One per task;
 * its thread only.
 */
public final class RecogniseProcessor implements Processor<byte[], ReceivedImage, String, Answer> {
  private static final int BESIDE_THE_IMAGE = 256 * 1024;
  private static final Duration INLINE_PATIENCE = Duration.ofMinutes(1);

  private final InferenceScheduler scheduler;
  private final Serializer<Novelty> novelties;
  private final String noveltyTopic;
  private final Counters counters;
  private final Clock clock;
  private final LiveOverrides overrides;
  private final AnswerOptions options;
  private final Map<String, Long> knowns = new HashMap<>();
  private ProcessorContext<String, Answer> context;
  private AnswerAdditions additions;

  /**
   * A processor of one task.
   *
   * @param noveltyTopic the topic whose subject the novelties are serialised under
   * @param overrides targets of single sources and classes
   * @param options what is added to the judgement
   */
  public RecogniseProcessor(
      InferenceScheduler scheduler,
      Serializer<Novelty> novelties,
      String noveltyTopic,
      Counters counters,
      Clock clock,
      LiveOverrides overrides,
      AnswerOptions options) {
    this.scheduler = scheduler;
    this.novelties = novelties;
    this.noveltyTopic = noveltyTopic;
    this.counters = counters;
    this.clock = clock;
    this.overrides = overrides;
    this.options = options;
  }

  @Override
  public void init(ProcessorContext<String, Answer> processorContext) {
    context = processorContext;
    additions = new AnswerAdditions(options, overrides, context);
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
    Inference inference = await(received, record.timestamp());
    Answer answer;
    if (inference instanceof Inference.Embedded embedded) {
      answer = embedded(received.event(), embedded, record.timestamp());
    } else {
      answer = undecodable(record, (Inference.Undecodable) inference);
    }
    counters.answered(answer.recognition().getOutcome());
    context.forward(new Record<>(answer.recognition().getSourceId(), answer, record.timestamp()));
  }

  @Override
  public void close() {
    novelties.close();
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
        .submit(List.of(new InferenceRequest(event, recordTime)), INLINE_PATIENCE)
        .stream()
        .findFirst()
        .orElseThrow(() -> new InferenceUnavailableException("no room in the scheduler"));
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
                    inference.servedBy().grouping().apply(inference.embedding().representation())))
            .setMediaType(event.getMediaType())
            .setBytes(fitting(event.getBytes()))
            .setReference(event.getReference())
            .setRegion(event.getRegion())
            .build();
    Long before = knowns.remove(scope);
    return new Answer(
        recognition, novelties.serialize(noveltyTopic, novelty), before == null ? 0 : before, null);
  }

  /** The novelty carries more than its image; one that fills a record alone is left out. */
  private static ByteBuffer fitting(ByteBuffer image) {
    return image == null || image.remaining() > Topics.MAX_MESSAGE_BYTES - BESIDE_THE_IMAGE
        ? null
        : image;
  }

  private Answer undecodable(
      Record<byte[], ReceivedImage> record, Inference.Undecodable inference) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    return new Answer(
        Recognitions.undecodable(record.value().event(), inference, clock.instant()),
        null,
        0,
        new DeadLetter(
            record.key(),
            record.value().bytes(),
            inference.reason(),
            source.topic(),
            source.partition(),
            source.offset()));
  }
}
