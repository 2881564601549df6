package io.nirvanastreams.processor.batch;

import io.nirvanastreams.schemas.ImageEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits the images of every poll of a stream thread to the scheduler, as one list, and leaves the
 * futures in the records' headers ({@link PendingInference}).
 *
 * <p>The scheduler comes in as an object of the consumer's settings, under {@link #PREFETCH}: two
 * processors in one JVM keep apart. It never throws and never drops a record: what it cannot submit
 * goes on without a header, and the topology submits it itself.
 */
public final class PrefetchInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  /** Name of the consumer setting that holds the {@link Prefetch}. */
  public static final String PREFETCH = "nirvana.prefetch";

  private static final Logger LOG = LoggerFactory.getLogger(PrefetchInterceptor.class);

  private Prefetch prefetch;
  private Deserializer<ImageEvent> deserializer;
  private Duration patience;
  private PollWatch watch;

  /** Made by the consumer; of use after {@link #configure}. */
  public PrefetchInterceptor() {}

  /**
   * What the interceptor works with.
   *
   * @param scheduler takes the images
   * @param topic name of the topic with the images; the thread's other topics pass untouched
   * @param deserializers makes one deserializer per consumer
   */
  public record Prefetch(InferenceScheduler scheduler, String topic, Deserializers deserializers) {}

  /** Makes deserializers. Implementations are safe for any thread. */
  @FunctionalInterface
  public interface Deserializers {
    /** A deserializer for one thread. */
    Deserializer<ImageEvent> create();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    prefetch = (Prefetch) configs.get(PREFETCH);
    if (prefetch == null) {
      throw new IllegalArgumentException("setting " + PREFETCH + " is missing");
    }
    deserializer = prefetch.deserializers().create();
    Duration interval = PollWatch.interval(configs);
    patience = PollWatch.patience(interval);
    watch = new PollWatch(interval, prefetch.scheduler().counters());
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    try {
      watch.polled(records.count());
      submit(records);
    } catch (RuntimeException e) {
      LOG.warn("A poll was not submitted ahead; its images will be answered one by one", e);
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {
    deserializer.close();
  }

  private void submit(ConsumerRecords<byte[], byte[]> records) {
    List<ConsumerRecord<byte[], byte[]>> images = new ArrayList<>(records.count());
    List<InferenceRequest> requests = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records.records(prefetch.topic())) {
      ImageEvent event = parse(record);
      if (event != null) {
        images.add(record);
        requests.add(
            new InferenceRequest(
                event,
                record.timestamp(),
                new InferenceRequest.Position(record.partition(), record.offset())));
      }
    }
    List<CompletableFuture<Inference>> futures = prefetch.scheduler().submit(requests, patience);
    for (int i = 0; i < futures.size(); i++) {
      images.get(i).headers().add(new PendingInference(requests.get(i).event(), futures.get(i)));
    }
  }

  private ImageEvent parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      return deserializer.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      LOG.debug("Left to the topology, which dead-letters it", e);
      return null;
    }
  }
}
