package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.broker.Ports;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.SchemaRegistration;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a local cluster until Ctrl-C. */
@Command(
    name = "broker",
    description = "Run a Kafka broker and a schema registry on this machine, until Ctrl-C.")
public final class BrokerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data is kept; without it, nothing is kept.")
  private Path dataDir;

  @Option(
      names = "--port",
      defaultValue = "9092",
      description = "Port of the broker, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--registry-port",
      defaultValue = "8081",
      description = "Port of the registry, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int registryPort;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "Partitions of the topics that are partitioned (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "Start of all topic names (default: ${DEFAULT-VALUE}).")
  private String topicPrefix;

  @Option(names = "--bare", description = "Create no topics and register no schemas.")
  private boolean bare;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Running running = new Running();
        LocalCluster cluster = start()) {
      if (!bare) {
        createTopics(cluster);
      }
      out.println("Kafka broker     " + cluster.bootstrapServers());
      out.println("schema registry  " + cluster.schemaRegistryUrl());
      out.println(
          "data             "
              + cluster.directory()
              + (dataDir == null ? " (deleted at the end)" : ""));
      out.println("Running; end with Ctrl-C.");
      running.awaitEnd();
      out.println("Shutting down.");
    }
    return 0;
  }

  private LocalCluster start() {
    Ports ports;
    try {
      ports = new Ports(port, 0, registryPort);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    return dataDir == null
        ? LocalCluster.startTemporary(ports)
        : LocalCluster.start(dataDir, ports);
  }

  private void createTopics(LocalCluster cluster) {
    Topics topics;
    try {
      topics = Topics.withPrefix(topicPrefix);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    ClusterAccess access =
        new ClusterAccess(
            cluster.bootstrapServers(), cluster.schemaRegistryUrl(), topics, Map.of());
    try (Admin admin = access.admin()) {
      TopicAdmin.createMissing(admin, topics, partitions, (short) 1);
    }
    SchemaRegistration.register(access);
  }
}
