package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the topic catalogue and what the cluster has of it. */
@Command(name = "list", description = "List the topics and whether the cluster has them.")
public final class TopicsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--offline", description = "Print the catalogue without asking a cluster.")
  private boolean offline;

  @Override
  public Integer call() throws InterruptedException {
    ClusterAccess access = offline ? kafka.access() : kafka.reachable();
    Map<String, Integer> partitions = offline ? Map.of() : partitions(access);
    Table table = new Table("TOPIC", "PARTITIONS", "KEY", "VALUE", "KEPT", "PURPOSE");
    for (Topic topic : access.topics().all()) {
      Integer count = partitions.get(topic.name());
      table.row(
          topic.name(),
          offline ? "-" : count == null ? "missing" : count.toString(),
          topic.key(),
          topic.schema() == null ? "bytes" : topic.schema().getName(),
          topic.compacted() ? "compacted" : "time",
          topic.purpose());
    }
    table.print(spec.commandLine().getOut());
    return 0;
  }

  private static Map<String, Integer> partitions(ClusterAccess access) throws InterruptedException {
    try (Admin admin = access.admin()) {
      Set<String> present = admin.listTopics().names().get();
      List<String> ours =
          access.topics().all().stream().map(Topic::name).filter(present::contains).toList();
      Map<String, Integer> partitions = new HashMap<>();
      admin
          .describeTopics(ours)
          .allTopicNames()
          .get()
          .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
      return partitions;
    } catch (ExecutionException e) {
      throw new KafkaException("cannot list topics: " + e.getCause().getMessage(), e);
    }
  }
}
