package io.nirvanastreams.deploy;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The embedded registry; its API is at the root path, where Confluent's and Karapace have theirs.
 */
class EmbeddedRegistryIT extends RegistryContract {
  private LocalCluster cluster;

  @BeforeAll
  void start() {
    cluster = LocalCluster.startTemporary();
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Override
  ClusterAccess access() {
    return new ClusterAccess(
        cluster.bootstrapServers(),
        cluster.schemaRegistryUrl(),
        Topics.withPrefix(Topics.DEFAULT_PREFIX),
        Map.of());
  }
}
