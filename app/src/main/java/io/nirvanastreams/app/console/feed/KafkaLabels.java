package io.nirvanastreams.app.console.feed;

import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes labels to their topic, acknowledged by all in-sync replicas. Safe from any thread. */
public final class KafkaLabels implements Labels {
  private final Topic topic;
  private final ControlProducer producer;

  private final Function<String, Optional<TraceContext>> traces;

  /**
   * Writes through a producer, which stays the caller's to close.
   *
   * @param traces the trace that a subject stands in; its label goes on in it
   */
  public KafkaLabels(
      Topics topics, ControlProducer producer, Function<String, Optional<TraceContext>> traces) {
    this.topic = topics.labels();
    this.producer = producer;
    this.traces = traces;
  }

  @Override
  public void write(LabelAssigned label) {
    Headers headers = new RecordHeaders();
    traces.apply(label.getSubjectId()).ifPresent(trace -> trace.addTo(headers));
    producer.write(topic, label.getSubjectId(), label, headers);
  }
}
