package io.nirvanastreams.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterIT {
  private static final AvroSchema SCHEMA =
      new AvroSchema("{\"type\":\"record\",\"name\":\"E\",\"fields\":[]}");

  @TempDir private Path directory;

  @Test
  void shouldKeepTopicsAndSchemaIdsOverARestart() throws Exception {
    int id;
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      createTopic(cluster, "kept");
      id = register(cluster, "kept-value");
    }

    try (LocalCluster cluster = LocalCluster.start(directory)) {
      assertThat(topics(cluster)).contains("kept", "_schemas");
      assertThat(register(cluster, "kept-value")).isEqualTo(id);
      assertThat(register(cluster, "other-value")).isEqualTo(id);
    }
  }

  @Test
  void shouldRefuseADirectoryInUse() {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      assertThatThrownBy(() -> LocalCluster.start(cluster.directory()))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("another broker runs on " + directory);
    }
  }

  @Test
  void shouldRefuseATakenPortWithoutEndingTheProcess() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports ports = new Ports(taken.getLocalPort(), 0, 0);

      assertThatThrownBy(() -> LocalCluster.start(directory, ports))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @Test
  void shouldDeleteATemporaryDirectory() {
    LocalCluster cluster = LocalCluster.startTemporary();
    assertThat(cluster.directory()).isNotEmptyDirectory();

    cluster.close();
    cluster.close();

    assertThat(Files.exists(cluster.directory())).isFalse();
  }

  private static void createTopic(LocalCluster cluster, String name) throws Exception {
    try (Admin admin = admin(cluster)) {
      admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get();
    }
  }

  private static Set<String> topics(LocalCluster cluster) throws Exception {
    try (Admin admin = admin(cluster)) {
      return admin.listTopics().names().get();
    }
  }

  private static int register(LocalCluster cluster, String subject) throws Exception {
    try (SchemaRegistryClient client =
        new CachedSchemaRegistryClient(cluster.schemaRegistryUrl(), 10)) {
      return client.register(subject, SCHEMA);
    }
  }

  private static Admin admin(LocalCluster cluster) {
    return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
  }
}
