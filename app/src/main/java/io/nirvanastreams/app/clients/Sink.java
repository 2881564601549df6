package io.nirvanastreams.app.clients;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the records of one topic.
 *
 * @see TopicTail
 */
@FunctionalInterface
public interface Sink {
  /**
   * Takes one record.
   *
   * @param fresh whether it was written after the tail started
   * @throws org.apache.kafka.common.errors.SerializationException when the bytes cannot be read
   */
  void accept(ConsumerRecord<String, byte[]> consumed, boolean fresh);
}
