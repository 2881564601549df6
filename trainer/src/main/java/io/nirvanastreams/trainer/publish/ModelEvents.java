package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;

/** Says on the topic of model events what a trainer does with versions. Safe for any thread. */
public final class ModelEvents {
  private final ControlProducer producer;
  private final Topics topics;
  private final Clock clock;
  private final String instance;

  /**
   * Events of one trainer; the producer stays the caller's to close.
   *
   * @param instance the name of the trainer
   */
  public ModelEvents(ControlProducer producer, Topics topics, Clock clock, String instance) {
    this.producer = producer;
    this.topics = topics;
    this.clock = clock;
    this.instance = instance;
  }

  /** Says that something happened to a version now. */
  public void say(String name, int version, ModelEventKind kind, String reason, Duration duration) {
    producer.write(
        topics.modelEvents(),
        ModelKeys.version(name, version),
        ModelEvent.newBuilder()
            .setName(name)
            .setVersion(version)
            .setKind(kind)
            .setInstance(instance)
            .setReason(reason)
            .setDurationMillis(duration.toNanos() / 1e6)
            .setOccurredAt(clock.instant())
            .build());
  }
}
