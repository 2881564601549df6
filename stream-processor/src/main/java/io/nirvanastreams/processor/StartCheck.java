package io.nirvanastreams.processor;

import io.nirvanastreams.processor.batch.PollWatch;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be found out before the threads start. Stateless. */
final class StartCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);
  private static final String TRANSACTIONS = "__transaction_state";

  private StartCheck() {}

  /**
   * Kafka Streams says of a missing topic what a newcomer does not understand, some only once a
   * record is to be written.
   */
  static void topicsExist(Map<String, Object> client, Topics topics) {
    try (Admin admin = Admin.create(client)) {
      Set<String> present = admin.listTopics().names().get();
      List<String> missing =
          names(topics).stream().filter(name -> !present.contains(name)).toList();
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "the cluster lacks the topics "
                + missing
                + ", or does not let this principal see them; create them with 'nirvana topics"
                + " create', allow them as 'nirvana acls --component processor' lists");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the cluster cannot be asked for its topics: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** What the cluster does for exactly-once; tells and warns in the log. */
  static ClusterGuarantees guarantees(Map<String, Object> client, Topics topics) {
    try (Admin admin = Admin.create(client)) {
      FinalizedVersionRange version =
          admin
              .describeFeatures()
              .featureMetadata()
              .get()
              .finalizedFeatures()
              .get("transaction.version");
      Collection<Node> brokers = admin.describeCluster().nodes().get();
      Config broker = broker(admin, brokers.iterator().next());
      List<TopicDescription> described =
          List.copyOf(admin.describeTopics(names(topics)).allTopicNames().get().values());
      ClusterGuarantees found =
          new ClusterGuarantees(
              version == null ? 0 : version.maxVersionLevel(),
              brokers.size(),
              transactionReplicas(admin, broker),
              number(broker, "transaction.state.log.min.isr"),
              described.stream().mapToInt(StartCheck::replicas).min().orElse(0));
      LOG.info("Exactly-once: {}", found);
      found.warnings().forEach(LOG::warn);
      return found;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the cluster cannot be asked for its features: " + e.getCause().getMessage(),
          e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * An image may wait for a model as long as the loading may take. A consumer that waits longer
   * than its poll interval is thrown out of its group, and its images begin again elsewhere.
   *
   * @param kafka settings passed on to Kafka Streams
   * @throws ConfigException when the interval is too short for that
   */
  static void pollInterval(Map<String, String> kafka, Duration loadTimeout) {
    Map<String, String> consumer = new HashMap<>();
    for (String prefix :
        List.of("", StreamsConfig.CONSUMER_PREFIX, StreamsConfig.MAIN_CONSUMER_PREFIX)) {
      kafka.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              consumer.put(name.substring(prefix.length()), value); // the more special one wins
            }
          });
    }
    Duration interval = PollWatch.interval(consumer);
    Duration longest = loadTimeout.plus(PollWatch.patience(interval));
    if (interval.compareTo(longest) <= 0) {
      throw new ConfigException(
          "max.poll.interval.ms is %d, but an image may wait %d ms (model.load.timeout.ms and a"
                  .formatted(interval.toMillis(), longest.toMillis())
              + " tenth of the interval for room): raise kafka.max.poll.interval.ms or lower"
              + " model.load.timeout.ms");
    }
    if (interval.compareTo(longest.multipliedBy(2)) < 0) {
      LOG.warn(
          "max.poll.interval.ms is {}, less than twice the {} ms that an image may wait for a model"
              + " and for room: a slow start may throw this instance out of its group",
          interval.toMillis(),
          longest.toMillis());
    }
  }

  private static Config broker(Admin admin, Node node) throws InterruptedException {
    ConfigResource resource =
        new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(node.id()));
    try {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    } catch (ExecutionException e) {
      LOG.debug("The broker's settings cannot be read", e);
      return new Config(List.of()); // not every user may
    }
  }

  /** All topics but the audit records, which are none of a processor's business. */
  private static List<String> names(Topics topics) {
    return topics.all().stream()
        .map(Topic::name)
        .filter(name -> !name.equals(topics.audit().name()))
        .toList();
  }

  /** The replicas that there are, or those that there will be once it is created. */
  private static int transactionReplicas(Admin admin, Config broker) throws InterruptedException {
    try {
      return replicas(
          admin.describeTopics(List.of(TRANSACTIONS)).allTopicNames().get().get(TRANSACTIONS));
    } catch (ExecutionException e) {
      return number(broker, "transaction.state.log.replication.factor");
    }
  }

  private static int replicas(TopicDescription topic) {
    return topic.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  private static int number(Config config, String name) {
    return config.get(name) == null ? 0 : Integer.parseInt(config.get(name).value());
  }
}
