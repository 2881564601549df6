package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.broker.ChildBrokers;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.SchemaRegistration;
import io.nirvanastreams.app.registry.EmbeddedRegistry;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster of a trial: three brokers of its own that may be harmed, or a given one on which the
 * trial keeps to its own topics. Closing leaves nothing behind. Safe from any thread.
 */
final class TrialCluster implements AutoCloseable {
  /** Brokers of a cluster of its own. */
  static final int BROKERS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(TrialCluster.class);

  private static final Duration GROUPS_EMPTY = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 500;

  private final Set<ClusterAccess> used = ConcurrentHashMap.newKeySet();
  private final ClusterAccess access;
  private final ChildBrokers brokers;
  private final EmbeddedRegistry registry;
  private final Path settingsFile;

  private TrialCluster(
      ClusterAccess access, ChildBrokers brokers, EmbeddedRegistry registry, Path settingsFile) {
    this.access = access;
    this.brokers = brokers;
    this.registry = registry;
    this.settingsFile = settingsFile;
  }

  /** Starts brokers and a registry below the folder. */
  static TrialCluster own(Path work, Topics topics) throws IOException {
    Path folder = Files.createDirectories(work.resolve("brokers"));
    ChildBrokers brokers = ChildBrokers.start(folder, BROKERS);
    try {
      EmbeddedRegistry registry = EmbeddedRegistry.start(brokers.bootstrapServers(), 0);
      ClusterAccess access =
          new ClusterAccess(brokers.bootstrapServers(), registry.url(), topics, Map.of());
      return new TrialCluster(access, brokers, registry, null);
    } catch (RuntimeException e) {
      brokers.close();
      throw e;
    }
  }

  /**
   * Takes a cluster that is there.
   *
   * @param given how to reach it; its topics are those of the trial
   */
  static TrialCluster given(Path work, ClusterAccess given) throws IOException {
    Path file = null;
    if (!given.settings().isEmpty()) {
      // In a file that only this user reads: arguments of processes are for everybody to see.
      file =
          Files.createFile(
              work.resolve("clients.properties"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Properties properties = new Properties();
      properties.putAll(given.settings());
      try (OutputStream out = Files.newOutputStream(file)) {
        properties.store(out, null);
      }
    }
    return new TrialCluster(given.reachable(), null, null, file);
  }

  ClusterAccess access() {
    return access;
  }

  /** The brokers that may be harmed; none on a given cluster. */
  Optional<ChildBrokers> brokers() {
    return Optional.ofNullable(brokers);
  }

  /** The same cluster with topics of another prefix. */
  ClusterAccess withPrefix(String prefix) {
    return new ClusterAccess(
        access.bootstrapServers(),
        access.schemaRegistryUrl(),
        Topics.withPrefix(prefix),
        access.settings());
  }

  /** Creates the topics of an access and registers their schemas. */
  void createTopics(ClusterAccess to, int partitions) {
    used.add(to);
    try (Admin admin = to.admin()) {
      TopicAdmin.createMissing(admin, to.topics(), partitions, (short) -1);
    }
    SchemaRegistration.register(to);
  }

  /** The options that tell a command of the product where the cluster is. */
  List<String> options(ClusterAccess to) {
    List<String> options = new ArrayList<>();
    options.add("--bootstrap-servers=" + to.bootstrapServers());
    options.add("--schema-registry-url=" + to.schemaRegistryUrl());
    options.add("--topic-prefix=" + to.topics().prefix());
    if (settingsFile != null) {
      options.add("--kafka-config=" + settingsFile);
    }
    return options;
  }

  /** As {@link #options}, by a way on which every step takes a while, where there is one. */
  List<String> slowOptions() {
    List<String> options = options(access);
    if (brokers != null) {
      options.set(0, "--bootstrap-servers=" + brokers.slowBootstrapServers());
    }
    return options;
  }

  @Override
  public void close() {
    if (brokers != null) {
      registry.close();
      brokers.close();
      return;
    }
    deleteAll(access.topics().prefix());
    used.forEach(SchemaRegistration::unregister);
  }

  /** Kafka Streams' own topics and groups begin with the application's name: the same prefix. */
  private void deleteAll(String prefix) {
    try (Admin admin = access.admin()) {
      List<String> topics =
          admin.listTopics().names().get().stream().filter(one -> one.startsWith(prefix)).toList();
      admin.deleteTopics(topics).all().get();
      long deadline = System.nanoTime() + GROUPS_EMPTY.toNanos();
      while (!deleteGroups(admin, prefix)) {
        if (System.nanoTime() > deadline) {
          LOG.warn("consumer groups that begin with {} are left behind", prefix);
          return;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (ExecutionException e) {
      LOG.warn("topics that begin with {} are left behind: {}", prefix, e.getCause().getMessage());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** False while a member that is gone still counts as one, up to its session timeout. */
  private static boolean deleteGroups(Admin admin, String prefix)
      throws InterruptedException, ExecutionException {
    List<String> groups =
        admin.listGroups().all().get().stream()
            .map(group -> group.groupId())
            .filter(one -> one.startsWith(prefix))
            .toList();
    try {
      admin.deleteConsumerGroups(groups).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupNotEmptyException) {
        return false;
      }
      throw e;
    }
  }
}
