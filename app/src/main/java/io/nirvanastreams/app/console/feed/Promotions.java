package io.nirvanastreams.app.console.feed;

import io.nirvanastreams.schemas.Promotion;

/** Decides which model version is live. Safe from any thread. */
public interface Promotions {
  /**
   * Makes a published version live; returns when that is stored.
   *
   * @throws IllegalStateException when the cluster has not the whole of it, or a processor does not
   *     get ready for it
   * @throws org.apache.kafka.common.KafkaException when it could not be stored
   */
  Promotion promote(String name, int version, String reason, String author);

  /**
   * Makes the version live again that was live before; returns when that is stored.
   *
   * @throws IllegalStateException when there is none, it is not whole any more, or a processor does
   *     not get ready for it
   * @throws org.apache.kafka.common.KafkaException when it could not be stored
   */
  Promotion rollBack(String name, String reason, String author);
}
