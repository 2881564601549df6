package io.nirvanastreams.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;

/**
 * A broker and a registry in containers on a network of their own, under the names that
 * docker-compose.yml gives them. The images are the public ones; where they cannot be pulled,
 * TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX=standin/ takes those of deploy/standins instead.
 *
 * <p>The broker's port on this machine stays the same when it is killed and started again: a port
 * that the engine chooses would not, and clients would be told the old one. For one thread.
 */
final class Containers implements AutoCloseable {
  private static final String KAFKA = "apache/kafka:4.3.1";
  private static final String REGISTRY = "apicurio/apicurio-registry:3.3.3";
  private static final Duration START = Duration.ofMinutes(3);

  private final Network network = Network.newNetwork();
  private final GenericContainer<?> broker;
  private final GenericContainer<?> registry;
  private final int port;

  private Containers(BiConsumer<GenericContainer<?>, String> settings) throws IOException {
    port = freePort();
    broker =
        new GenericContainer<>(KAFKA)
            .withNetwork(network)
            .withNetworkAliases("broker")
            .withCreateContainerCmdModifier(command -> command.withHostName("broker"))
            .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1))
            .withStartupTimeout(START);
    broker.setPortBindings(List.of(port + ":29092"));
    settings.accept(broker, host() + ":" + port);
    registry =
        new GenericContainer<>(REGISTRY)
            .withNetwork(network)
            .withNetworkAliases("registry")
            .withExposedPorts(8080)
            .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").forPort(8080))
            .withStartupTimeout(START);
  }

  /** Starts both; skips the test, and says why, where there is no engine. */
  static Containers start() throws IOException {
    return start((broker, outside) -> broker.withEnv(settings(outside)));
  }

  /**
   * The same with a broker of other settings.
   *
   * @param settings gets the broker, and the address that clients on this machine know it by
   */
  static Containers start(BiConsumer<GenericContainer<?>, String> settings) throws IOException {
    needEngine();
    Containers containers = new Containers(settings);
    Startables.deepStart(containers.broker, containers.registry).join();
    return containers;
  }

  /** Skips the test, and says why, where there is no engine. */
  static void needEngine() {
    boolean there = DockerClientFactory.instance().isDockerAvailable();
    String reason = "skipped: no Docker engine answers; deploy/standins/engine up starts one";
    if (!there) {
      System.out.println(reason);
    }
    assumeTrue(there, reason);
  }

  Network network() {
    return network;
  }

  GenericContainer<?> broker() {
    return broker;
  }

  /** Access from this machine, to a broker that asks for nothing. */
  ClusterAccess access() {
    return access(Map.of());
  }

  /** Access from this machine with these settings of Kafka's clients. */
  ClusterAccess access(Map<String, String> settings) {
    return new ClusterAccess(
        host() + ":" + port,
        "http://%s:%d/apis/ccompat/v7".formatted(registry.getHost(), registry.getMappedPort(8080)),
        Topics.withPrefix(Topics.DEFAULT_PREFIX),
        settings);
  }

  @Override
  public void close() {
    registry.stop();
    broker.stop();
    network.close();
  }

  private static String host() {
    return DockerClientFactory.instance().dockerHostIpAddress();
  }

  private static Map<String, String> settings(String outside) {
    return Map.ofEntries(
        Map.entry("KAFKA_NODE_ID", "1"),
        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
        Map.entry("KAFKA_LISTENERS", "INSIDE://:9092,CONTROLLER://:9093,OUTSIDE://:29092"),
        Map.entry("KAFKA_ADVERTISED_LISTENERS", "INSIDE://broker:9092,OUTSIDE://" + outside),
        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@broker:9093"),
        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
        Map.entry(
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
            "CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT"),
        Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "INSIDE"),
        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
        // Else a broker that was killed waits nine seconds for its former self to be forgotten.
        Map.entry("KAFKA_BROKER_SESSION_TIMEOUT_MS", "3000"),
        Map.entry("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
