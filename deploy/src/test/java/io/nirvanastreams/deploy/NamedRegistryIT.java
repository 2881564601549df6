package io.nirvanastreams.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Any registry that runs already, such as Karapace or Confluent's own: {@code
 * -Dnirvana.registry=http://localhost:8081}. Subjects under the prefix registry-check stay in it.
 */
class NamedRegistryIT extends RegistryContract {
  private static final String URL = System.getProperty("nirvana.registry", "");

  private LocalCluster cluster;

  @BeforeAll
  void start() {
    String reason = "skipped: no registry is named by -Dnirvana.registry=URL";
    if (URL.isEmpty()) {
      System.out.println(reason);
    }
    assumeTrue(!URL.isEmpty(), reason);
    cluster = LocalCluster.startTemporary();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  ClusterAccess access() {
    return new ClusterAccess(
        cluster.bootstrapServers(), URL, Topics.withPrefix("registry-check"), Map.of());
  }
}
