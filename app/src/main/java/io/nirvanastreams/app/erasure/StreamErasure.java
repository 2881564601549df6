package io.nirvanastreams.app.erasure;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Deletes all records up to now of the topics that hold images for a time. Kafka cannot take single
 * ones out of them. Stateless.
 */
public final class StreamErasure {
  private StreamErasure() {}

  /** The topics, in the order that an image meets them. */
  public static List<Topic> topics(Topics topics) {
    return List.of(topics.images(), topics.novelties(), topics.deadLetters());
  }

  /**
   * Deletes what they hold; returns when no reader can get at it any more.
   *
   * @return by name of the topic, how many offsets were passed over, those of transactions included
   * @throws KafkaException when the cluster refuses it
   */
  public static Map<String, Long> upToNow(ClusterAccess access) {
    Map<String, Long> deleted = new LinkedHashMap<>();
    try (Admin admin = access.admin()) {
      for (Topic topic : topics(access.topics())) {
        deleted.put(topic.name(), upToNow(admin, topic));
      }
      return deleted;
    } catch (ExecutionException e) {
      throw new KafkaException("cannot delete records: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static long upToNow(Admin admin, Topic topic)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(List.of(topic.name())).allTopicNames().get().get(topic.name());
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    Map<TopicPartition, OffsetSpec> last = new HashMap<>();
    for (TopicPartitionInfo info : description.partitions()) {
      TopicPartition partition = new TopicPartition(topic.name(), info.partition());
      first.put(partition, OffsetSpec.earliest());
      last.put(partition, OffsetSpec.latest());
    }
    var begins = admin.listOffsets(first).all().get();
    var ends = admin.listOffsets(last).all().get();
    Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
    long count = 0;
    for (TopicPartition partition : last.keySet()) {
      long end = ends.get(partition).offset();
      before.put(partition, RecordsToDelete.beforeOffset(end));
      count += end - begins.get(partition).offset();
    }
    admin.deleteRecords(before).all().get();
    return count;
  }
}
