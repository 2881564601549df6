package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.SchemaRegistration;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the topics and registers their schemas. */
@Command(
    name = "create",
    description = "Create the topics that the cluster lacks and register their schemas.")
public final class TopicsCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "Partitions of the topics that are partitioned (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication-factor",
      defaultValue = "-1",
      description = "Replicas of each topic; -1 for the cluster's default.")
  private short replicationFactor;

  @Option(names = "--no-schemas", description = "Register no schemas.")
  private boolean noSchemas;

  @Override
  public Integer call() {
    if (partitions < 1) {
      throw new UsageException("--partitions is " + partitions + "; give at least 1");
    }
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    try (Admin admin = access.admin()) {
      List<String> created =
          TopicAdmin.createMissing(admin, access.topics(), partitions, replicationFactor);
      created.forEach(name -> out.println("created " + name));
      out.println(
          created.size()
              + " topics created, "
              + (access.topics().all().size() - created.size())
              + " were there");
    }
    if (!noSchemas) {
      out.println(SchemaRegistration.register(access).size() + " schemas registered");
    }
    return 0;
  }
}
