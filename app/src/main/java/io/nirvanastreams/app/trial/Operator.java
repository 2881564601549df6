package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.child.ChildJvm;
import io.nirvanastreams.app.cli.CommandLineFactory;
import io.nirvanastreams.app.cli.ModelsCommand;
import io.nirvanastreams.app.cli.PublishCommand;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.schemas.topic.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Changes the models of a running system by the commands that people use: publishes and promotes
 * sound versions and broken ones, and kills publishers. Safe from any thread; promotions come one
 * at a time.
 */
final class Operator {
  private static final int TRIES = 10;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);
  private static final Duration PUBLISHER = Duration.ofSeconds(60);
  private static final int WAYS_TO_BREAK = 3;

  private final TrialCluster cluster;
  private final TrialModels models;
  private final Path blobs;
  private final Path work;
  private final Map<Integer, String> broken = new TreeMap<>();
  private final Set<Integer> interrupted = new TreeSet<>();
  private int nextVersion = 1;
  private int sound;

  Operator(TrialCluster cluster, TrialModels models, Path blobs, Path work) {
    this.cluster = cluster;
    this.models = models;
    this.blobs = blobs;
    this.work = work;
  }

  /** Publishes the next sound version and promotes it. */
  synchronized String swap() throws InterruptedException {
    int version = nextVersion++;
    publish(models.sound(version, sound++), "--promote");
    return "version " + version;
  }

  /** Publishes a broken version, one kind after the other, and promotes it. */
  synchronized String promoteBroken() throws InterruptedException {
    int version = nextVersion++;
    int way = broken.size() % WAYS_TO_BREAK;
    String what;
    if (way == 0) {
      what = "a byte of its weights differs from what was published";
      Path folder = models.sound(version, 0);
      publish(folder);
      spoil(folder);
    } else if (way == 1) {
      what = "its weights hold NaN";
      publish(models.notANumber(version));
    } else {
      what = "its probe batch gives other features";
      publish(models.otherThanItsProbe(version));
    }
    broken.put(version, what);
    // Past what refuses it before it is live: the processors shall see it themselves.
    command(
        "models", "promote", TrialModels.NAME, Integer.toString(version), "--if-not-ready=promote");
    return "version " + version + ": " + what;
  }

  /**
   * Starts a publisher in a process of its own and kills it as soon as one of its steps can be seen
   * from outside. The step of another publisher may be taken for its own; then it dies earlier.
   *
   * @param choice which step
   */
  String killPublisher(int choice) throws InterruptedException, IOException {
    int version = interrupt();
    Path folder = models.sound(version, 0);
    List<Topic> steps = List.of(topic("centres"), topic("thresholds"));
    Topic step = steps.get(choice % steps.size());
    List<String> arguments = new ArrayList<>(List.of("publish", folder.toString()));
    arguments.addAll(cluster.slowOptions());
    arguments.add("--blob-store=" + blobs);
    try (Admin admin = cluster.access().admin()) {
      long before = end(admin, step);
      Process publisher =
          ChildJvm.start(
              List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
              "io.nirvanastreams.app.Nirvana",
              arguments,
              work.resolve("publisher.log"));
      long deadline = System.nanoTime() + PUBLISHER.toNanos();
      while (publisher.isAlive() && System.nanoTime() < deadline && end(admin, step) == before) {
        Thread.sleep(1);
      }
      boolean ended = !publisher.isAlive();
      publisher.destroyForcibly().waitFor();
      return ended
          ? "version " + version + " was quicker"
          : "version " + version + " as soon as a record was on " + step.name();
    } catch (ExecutionException e) {
      throw new IOException("cannot watch " + step.name(), e.getCause());
    }
  }

  /** Versions that were published broken, and how. */
  synchronized Map<Integer, String> broken() {
    return Map.copyOf(broken);
  }

  /** Versions whose publisher was killed. */
  synchronized Set<Integer> interrupted() {
    return Set.copyOf(interrupted);
  }

  private synchronized int interrupt() {
    int version = nextVersion++;
    interrupted.add(version);
    return version;
  }

  private Topic topic(String which) {
    return which.equals("centres")
        ? cluster.access().topics().centres()
        : cluster.access().topics().thresholds();
  }

  private static long end(Admin admin, Topic topic)
      throws InterruptedException, ExecutionException {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private void publish(Path folder, String... more) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("publish", folder.toString()));
    arguments.addAll(List.of(more));
    arguments.add("--blob-store=" + blobs);
    command(arguments.toArray(String[]::new));
  }

  /** As people do: again, when a broker is just away. */
  private void command(String... arguments) throws InterruptedException {
    ClusterAccess access = cluster.access();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(cluster.options(access));
    StringWriter err = new StringWriter();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int code =
          CommandLineFactory.run(
              List.of(PublishCommand.class, ModelsCommand.class),
              all,
              Map.of(),
              new PrintWriter(new StringWriter(), true),
              new PrintWriter(err, true));
      if (code == 0) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
    }
    throw new IllegalStateException("'" + String.join(" ", arguments) + "' failed: " + err);
  }

  /** Flips one bit of the stored weights. */
  private void spoil(Path folder) {
    Path weights =
        blobs
            .resolve(ModelFolder.read(folder).artifact().contentHash())
            .resolve(ModelArtifacts.WEIGHTS);
    try {
      byte[] bytes = Files.readAllBytes(weights);
      bytes[bytes.length - 1] ^= 1;
      Files.write(weights, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot spoil " + weights, e);
    }
  }
}
