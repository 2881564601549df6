package io.nirvanastreams.processor;

import io.nirvanastreams.processor.batch.PrefetchInterceptor;
import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/** The settings of Kafka Streams that the processor runs with. Stateless. */
final class StreamsProperties {
  // Its constant is deprecated from the start, since Kafka 5 will make it the only way.
  private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

  /** Largest request of the producers, and so the largest record whatever a topic allows. */
  static final int MAX_REQUEST_BYTES = Topics.MAX_MESSAGE_BYTES + 64 * 1024;

  private StreamsProperties() {}

  /**
   * All settings: the tunable ones, then what the user passes on, then those that the promises rest
   * on.
   *
   * @param prefetch goes to the interceptor of the main consumers
   */
  static Map<String, Object> of(ProcessorSettings settings, PrefetchInterceptor.Prefetch prefetch) {
    Map<String, Object> all = new HashMap<>(tunable(settings));
    all.putAll(settings.kafka());
    all.putAll(fixed(settings));
    all.put(StreamsConfig.mainConsumerPrefix(PrefetchInterceptor.PREFETCH), prefetch);
    all.put(RecordLimits.SETTING, new RecordLimits());
    all.put(Counters.SETTING, prefetch.scheduler().counters());
    return all;
  }

  /** Settings of a client of its own: how to reach the cluster, and what the user passes on. */
  static Map<String, Object> client(ProcessorSettings settings) {
    Map<String, Object> all = new HashMap<>();
    settings
        .kafka()
        .forEach(
            (name, value) -> {
              if (name.startsWith("security.")
                  || name.startsWith("sasl.")
                  || name.startsWith("ssl.")) {
                all.put(name, value);
              }
            });
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return all;
  }

  private static Map<String, Object> tunable(ProcessorSettings settings) {
    Map<String, Object> all = new HashMap<>();
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.streamThreads());
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitIntervalMillis());
    // The commit interval is only looked at between polls.
    all.put(StreamsConfig.POLL_MS_CONFIG, 5);
    all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, settings.pollRecords());
    // A killed member's partitions move after its session; Kafka's default is 45 s.
    all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    all.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
    all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
    all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    all.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    all.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(Topics.MAX_MESSAGE_BYTES));
    return all;
  }

  private static Map<String, Object> fixed(ProcessorSettings settings) {
    Map<String, Object> all = new HashMap<>();
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // Static membership is only in the classic protocol so far.
    all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    all.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        settings.instanceId());
    all.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        settings.pollRecords());
    all.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
        List.of(PrefetchInterceptor.class));
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    all.put(
        StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
        settings.topics().deadLetters().name());
    all.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class);
    all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterPolicy.class);
    all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionPolicy.class);
    all.put(GLOBAL_HANDLER, true);
    return all;
  }
}
