package io.nirvanastreams.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics of a catalogue on a cluster. Stateless. */
public final class TopicAdmin {
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private TopicAdmin() {}

  /**
   * Creates the topics that the cluster does not have; those it has are left as they are. Returns
   * when the new ones can be used: a broker learns of a topic a moment after the controller has
   * made it, and a client that asks too early is told that there is none.
   *
   * @param partitions partitions of the partitioned topics
   * @param replicationFactor replicas of every topic; -1 for the cluster's default
   * @return names of the topics created by this call, in catalogue order
   * @throws KafkaException when the cluster refuses a topic or does not show it in time
   */
  public static List<String> createMissing(
      Admin admin, Topics topics, int partitions, short replicationFactor) {
    return createMissing(admin, topics.all(), partitions, replicationFactor);
  }

  /** Creates these topics as {@link #createMissing(Admin, Topics, int, short)} does. */
  public static List<String> createMissing(
      Admin admin, List<Topic> topics, int partitions, short replicationFactor) {
    try {
      Set<String> present = admin.listTopics().names().get();
      List<String> created = new ArrayList<>();
      for (Topic topic : topics) {
        if (!present.contains(topic.name())
            && create(admin, topic, partitions, replicationFactor)) {
          created.add(topic.name());
        }
      }
      awaitVisible(admin, created);
      return created;
    } catch (ExecutionException e) {
      throw new KafkaException("cannot create topics: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static boolean create(Admin admin, Topic topic, int partitions, short replicationFactor)
      throws ExecutionException, InterruptedException {
    NewTopic request =
        new NewTopic(topic.name(), topic.partitioned() ? partitions : 1, replicationFactor)
            .configs(topic.config());
    try {
      admin.createTopics(List.of(request)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false; // somebody else was quicker
      }
      throw e;
    }
  }

  private static void awaitVisible(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (!visible(admin, names)) {
      if (System.nanoTime() - deadline > 0) {
        throw new KafkaException(
            "the topics " + names + " are created, but the cluster does not show them");
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static boolean visible(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    try {
      return admin.describeTopics(names).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.leader() != null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }
}
