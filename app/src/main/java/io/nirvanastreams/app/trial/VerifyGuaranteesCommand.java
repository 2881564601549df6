package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.cli.KafkaOptions;
import io.nirvanastreams.app.cli.Running;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.files.Folders;
import io.nirvanastreams.app.guarantee.Evidence;
import io.nirvanastreams.app.guarantee.Guarantee;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries the product's promises under faults and says which held. */
@Command(
    name = "verify-guarantees",
    description = {
      "Run the product under load and faults, and check every promise by what readers see.",
      "Without --bootstrap-servers it starts three brokers of its own and harms those too; with it,"
          + " it keeps to topics of its own there and deletes them at the end."
    })
public final class VerifyGuaranteesCommand implements Callable<Integer> {
  private static final int PARTITIONS = 8;
  private static final int PROCESSORS = 3;
  private static final int KILLS_A_MINUTE = 4;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "Time over which images and faults are spread (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--images",
      defaultValue = "10000",
      description = "Images to be sent (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--sources",
      defaultValue = "64",
      description = "Sources that send them (default: ${DEFAULT-VALUE}).")
  private int sources;

  @Option(names = "--kills", description = "kill -9s of processors (default: four a minute).")
  private Integer kills;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of images, models and faults (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description =
          "New folder for models, states and logs, which is kept (default: a temporary one).")
  private Path workDir;

  @Override
  public Integer call() throws Exception {
    TrialSettings settings = settings();
    PrintWriter out = spec.commandLine().getOut();
    Path work = workDir == null ? Files.createTempDirectory("nirvana-trial-") : newFolder();
    Journal journal = new Journal(out);
    out.printf(
        "seed %d, %d images of %d sources in %s, work in %s%n",
        seed, images, sources, settings.duration(), work);
    TrialReport report;
    try (Running running = new Running();
        TrialCluster cluster = cluster(work)) {
      journal.say("the cluster is there: %s", cluster.access().bootstrapServers());
      Evidence evidence = new Trial(settings, cluster, work, journal, running::ends).run();
      report =
          new TrialReport(
              Guarantee.all().stream().map(one -> one.check(evidence)).toList(),
              journal.done(),
              journal.failures());
    } catch (InterruptedException e) {
      if (workDir == null) {
        Folders.delete(work); // the user's wish: there is nothing to look into
      }
      throw e;
    }
    out.println();
    report.print(out);
    if (!report.passed()) {
      out.println("Logs and states are in " + work);
      return 1;
    }
    if (workDir == null) {
      Folders.delete(work);
    }
    return 0;
  }

  private TrialSettings settings() {
    try {
      return new TrialSettings(
          images,
          sources,
          PARTITIONS,
          PROCESSORS,
          Duration.ofMillis(Math.round(minutes * 60_000)),
          FaultPlan.times(
              minutes, kills == null ? (int) Math.ceil(KILLS_A_MINUTE * minutes) : kills),
          seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private Path newFolder() throws IOException {
    if (Files.exists(workDir)) {
      throw new UsageException("--work-dir " + workDir + " exists; name a new folder");
    }
    return Files.createDirectories(workDir);
  }

  private TrialCluster cluster(Path work) throws IOException {
    // A prefix of its own: nothing that is there already is touched, nothing is left.
    ClusterAccess given = kafka.access();
    Topics topics =
        Topics.withPrefix(
            given.topics().prefix() + "-trial-" + seed + "-" + System.currentTimeMillis());
    if (!kafka.named()) {
      return TrialCluster.own(work, topics);
    }
    return TrialCluster.given(
        work,
        new ClusterAccess(
            given.bootstrapServers(), given.schemaRegistryUrl(), topics, given.settings()));
  }
}
