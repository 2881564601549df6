package io.nirvanastreams.app.alerts;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.Alert;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads alerts as a member of a consumer group and keeps its place: an offset is committed once the
 * alert before it was delivered or given up, never earlier, so that whoever takes over after a
 * crash sends at least what was not sent. The cooldown stands beside the offset. For one thread.
 */
final class AlertFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long RETRY_MILLIS = 1_000;

  private final String topic;
  private final Deserializer<Alert> deserializer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Function<String, AlertMessage.Group> groups;
  private final ForwardSettings settings;
  private final Clock clock;
  private final CountDownLatch ending;
  private final Map<TopicPartition, Cooldown> cooldowns = new HashMap<>();

  AlertFeed(
      ClusterAccess access,
      ForwardSettings settings,
      String groupId,
      Function<String, AlertMessage.Group> groups,
      Clock clock,
      CountDownLatch ending) {
    this.topic = access.topics().alerts().name();
    this.deserializer = access.serdes().deserializer(Alert.class);
    this.groups = groups;
    this.settings = settings;
    this.clock = clock;
    this.ending = ending;
    Map<String, Object> config = access.kafka();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, settings.fromBeginning() ? "earliest" : "latest");
    // One alert is delivered between two polls, which may take all attempts.
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    long longest = settings.retries().longestDelivery(settings.timeout()).toMillis();
    config.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        (int) Math.min(Integer.MAX_VALUE, longest + Duration.ofMinutes(5).toMillis()));
    this.consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Delivers alerts until the end. */
  void run(Delivery delivery) throws InterruptedException {
    consumer.subscribe(List.of(topic), new Places());
    while (ending.getCount() > 0) {
      for (ConsumerRecord<String, byte[]> consumed : consumer.poll(POLL)) {
        if (!deliver(consumed, delivery)) {
          return;
        }
      }
    }
  }

  private boolean deliver(ConsumerRecord<String, byte[]> consumed, Delivery delivery)
      throws InterruptedException {
    TopicPartition partition = new TopicPartition(consumed.topic(), consumed.partition());
    Cooldown cooldown = cooldowns.computeIfAbsent(partition, any -> newCooldown());
    Alert alert = read(consumed);
    if (ending.getCount() == 0) {
      return false;
    }
    if (alert != null) {
      AlertMessage.Group group = groups.apply(alert.getGroupId());
      String id = consumed.topic() + "-" + consumed.partition() + "-" + consumed.offset();
      Delivery.Outcome outcome =
          delivery.deliver(AlertMessage.of(id, alert, group), group.settled(), cooldown);
      if (outcome == Delivery.Outcome.LEFT) {
        return false;
      }
    }
    commit(partition, consumed.offset() + 1, cooldown);
    return true;
  }

  /** The alert; null when it cannot be read, whereas a registry that is away is waited for. */
  private Alert read(ConsumerRecord<String, byte[]> consumed) throws InterruptedException {
    while (true) {
      try {
        return deserializer.deserialize(consumed.topic(), consumed.value());
      } catch (SerializationException e) {
        if (!(e.getCause() instanceof IOException)) {
          LOG.error(
              "left out {}-{} at {}: {}",
              consumed.topic(),
              consumed.partition(),
              consumed.offset(),
              e.getMessage());
          return null;
        }
        LOG.warn("the schema registry does not answer: {}", e.getCause().getMessage());
        if (ending.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          return null;
        }
      }
    }
  }

  private void commit(TopicPartition partition, long offset, Cooldown cooldown) {
    try {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset, cooldown.save())));
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.warn("{} went to another forwarder, which may send once more", partition, e);
    }
  }

  private Cooldown newCooldown() {
    return new Cooldown(settings.cooldown(), clock);
  }

  /** Takes over places and cooldowns from whoever had the partitions before. */
  private final class Places implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          consumer.committed(new HashSet<>(partitions));
      for (TopicPartition partition : partitions) {
        Cooldown cooldown = newCooldown();
        cooldowns.put(partition, cooldown);
        OffsetAndMetadata place = committed.get(partition);
        if (place == null) {
          // From the first start on nothing is missed, also what comes while nobody forwards.
          commit(partition, consumer.position(partition), cooldown);
        } else {
          cooldown.load(place.metadata());
        }
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(cooldowns::remove);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
