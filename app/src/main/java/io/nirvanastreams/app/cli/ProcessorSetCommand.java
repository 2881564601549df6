package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.schemas.LiveSettings;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Changes the bounds of batch and queue of running instances. */
@Command(
    name = "set",
    description = {
      "Change the bounds of batch and queue of all running instances, without a restart.",
      "An instance refuses bounds that do not go together with those it was started with, keeps the"
          + " last good ones and says so in its log."
    })
public final class ProcessorSetCommand implements Callable<Integer> {
  private static final int DECODERS = 1;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "nirvana-processor",
      description = "Whose instances are meant (default: ${DEFAULT-VALUE}).")
  private String applicationId;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      description = "Most images of one forward pass; 0 for what an instance was started with.")
  private Integer maxBatch;

  @Option(
      names = "--max-queue",
      paramLabel = "N",
      description =
          "Most images submitted and not answered; 0 for what an instance was started with.")
  private Integer maxQueue;

  @Option(
      names = "--reason",
      defaultValue = "changed by hand",
      description = "Why (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  @Override
  public Integer call() {
    if (maxBatch == null && maxQueue == null) {
      throw new UsageException("give --max-batch, --max-queue or both");
    }
    ClusterAccess access = kafka.reachable();
    Topic topic = access.topics().settings();
    LiveSettings before = Records.latest(access, topic, LiveSettings.class).get(applicationId);
    LiveSettings settings =
        LiveSettings.newBuilder()
            .setMaxBatch(chosen(maxBatch, before == null ? 0 : before.getMaxBatch()))
            .setMaxQueue(chosen(maxQueue, before == null ? 0 : before.getMaxQueue()))
            .setReason(reason)
            .setAuthor(author)
            .setDecidedAt(Instant.now())
            .build();
    check(settings);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      producer.write(topic, applicationId, settings);
    }
    spec.commandLine().getOut().println(ProcessorShowCommand.line(applicationId, settings));
    return 0;
  }

  private static int chosen(Integer wanted, int before) {
    return wanted == null ? before : wanted;
  }

  private static void check(LiveSettings settings) {
    int batch = settings.getMaxBatch();
    int queue = settings.getMaxQueue();
    try {
      // Where one is left to the instance, only the instance can tell whether they go together.
      var unused =
          new BatchSettings(
              batch == 0 ? 1 : batch, queue == 0 ? BatchSettings.LONGEST_QUEUE : queue, DECODERS);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--max-batch, --max-queue: " + e.getMessage(), e);
    }
  }
}
