package io.nirvanastreams.app.console.feed;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.InstanceFeed;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.InstanceReadiness;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.NotReadyException;
import java.time.Clock;
import java.util.Map;

/**
 * Promotes and rolls back as {@code nirvana models} does, from the catalogue as it is at that
 * moment: every living processor gets the version ready first, within a minute. Safe from any
 * thread; one decision at a time.
 */
public final class KafkaPromotions implements Promotions {
  private final Topics topics;
  private final Map<String, Object> clients;
  private final AvroSerdes serdes;
  private final ModelPromotions promotions;

  /**
   * Writes through a producer, which stays the caller's to close.
   *
   * @param clients settings of the Kafka clients, for reading the catalogue
   */
  public KafkaPromotions(
      Topics topics,
      Map<String, Object> clients,
      AvroSerdes serdes,
      ControlProducer producer,
      Clock clock) {
    this.topics = topics;
    this.clients = Map.copyOf(clients);
    this.serdes = serdes;
    this.promotions =
        new ModelPromotions(
            producer,
            topics,
            clock,
            ModelPromotions.DEFAULT_MARGIN,
            new InstanceReadiness(
                () -> new InstanceFeed(this.clients, serdes, topics, clock),
                InstanceReadiness.Settings.DEFAULT,
                sentence -> {} /* it never goes on without somebody */));
  }

  @Override
  public synchronized Promotion promote(String name, int version, String reason, String author) {
    int whole = Models.version(catalogue(), name, version).spec().version();
    try {
      return promotions.promote(name, whole, reason, author);
    } catch (NotReadyException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public synchronized Promotion rollBack(String name, String reason, String author) {
    try {
      return promotions.rollback(catalogue(), name, reason, author);
    } catch (NotReadyException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private ModelCatalogue catalogue() {
    return ModelCatalogue.read(clients, serdes, topics, ClusterAccess.PATIENCE);
  }
}
