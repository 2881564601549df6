package io.nirvanastreams.app.console.feed;

import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;

/** Writes labels to their topic, acknowledged by all in-sync replicas. Safe from any thread. */
public final class KafkaLabels implements Labels {
  private final Topic topic;
  private final ControlProducer producer;

  /** Writes through a producer, which stays the caller's to close. */
  public KafkaLabels(Topics topics, ControlProducer producer) {
    this.topic = topics.labels();
    this.producer = producer;
  }

  @Override
  public void write(LabelAssigned label) {
    producer.write(topic, label.getSubjectId(), label);
  }
}
