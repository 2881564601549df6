package io.nirvanastreams.app.console.feed;

import io.nirvanastreams.schemas.LabelAssigned;

/** Where the decisions of people go. Safe from any thread. */
public interface Labels {
  /**
   * Writes a decision; returns when it is stored.
   *
   * @throws org.apache.kafka.common.KafkaException when it could not be stored
   */
  void write(LabelAssigned label);
}
