package io.nirvanastreams.processor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.DoubleStream;
import org.apache.kafka.streams.KafkaStreams;

/** Shows how long transactions take, as Kafka Streams measures it per thread. Stateless. */
final class CommitMeters {
  private static final String GROUP = "stream-thread-metrics";

  private CommitMeters() {}

  /** Shows the commits of these threads. */
  static void bind(KafkaStreams streams, MeterRegistry meters) {
    Gauge.builder(
            "nirvana.commit.mean.millis",
            streams,
            of -> values(of, "commit-latency-avg").average().orElse(0))
        .description("Mean time of a commit over the last half minute, over all threads")
        .register(meters);
    Gauge.builder(
            "nirvana.commit.max.millis",
            streams,
            of -> values(of, "commit-latency-max").max().orElse(0))
        .description("Longest commit of the last half minute, of all threads")
        .register(meters);
    FunctionCounter.builder("nirvana.commits", streams, of -> values(of, "commit-total").sum())
        .description("Commits of all threads")
        .register(meters);
  }

  private static DoubleStream values(KafkaStreams streams, String name) {
    return streams.metrics().entrySet().stream()
        .filter(entry -> entry.getKey().group().equals(GROUP) && entry.getKey().name().equals(name))
        .mapToDouble(entry -> ((Number) entry.getValue().metricValue()).doubleValue())
        .filter(Double::isFinite); // before the first commit there is none
  }
}
