package io.nirvanastreams.processor.instance;

import io.nirvanastreams.processor.model.LiveModels;
import io.nirvanastreams.records.InstanceFeed;
import io.nirvanastreams.schemas.ProcessorInstance;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds, and at every change, that this instance lives and which versions it has
 * ready: the acknowledgement that a promotion waits for. What cannot be sent is logged and said
 * again the next time. Safe for any thread.
 */
public final class InstanceBeacon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceBeacon.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final String instance;
  private final String modelName;
  private final LiveModels models;
  private final Clock clock;
  private final String topic;
  private final Producer<String, ProcessorInstance> producer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "instance-beacon");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A beacon that is silent until it starts.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   * @param topic where it is said
   * @param instance application and instance
   * @param models whose versions are told
   */
  public InstanceBeacon(
      Map<String, Object> kafka,
      AvroSerdes serdes,
      String topic,
      String instance,
      String modelName,
      LiveModels models,
      Clock clock) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), serdes.serializer());
    this.topic = topic;
    this.instance = instance;
    this.modelName = modelName;
    this.models = models;
    this.clock = clock;
  }

  /** Begins to say that the instance lives. */
  public void start() {
    var unused =
        timer.scheduleAtFixedRate(
            () -> say(false), 0, InstanceFeed.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Something changed: it is said at once. */
  public void changed() {
    saySoon(false);
  }

  /** Says good-bye, so that nobody waits for this instance. */
  @Override
  public void close() {
    saySoon(true);
    timer.shutdown();
    try {
      if (!timer.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The instance ends without saying so");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE_PATIENCE);
  }

  private void saySoon(boolean stopped) {
    try {
      timer.execute(() -> say(stopped));
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed; a change is not told", e);
    }
  }

  private void say(boolean stopped) {
    models.tidy();
    Map<String, String> refused = new TreeMap<>();
    models.refused().forEach((version, reason) -> refused.put(version.toString(), reason));
    ProcessorInstance said =
        ProcessorInstance.newBuilder()
            .setInstance(instance)
            .setModelName(modelName)
            .setStopped(stopped)
            .setReady(models.loadedVersions())
            .setRefused(refused)
            .setSaidAt(clock.instant())
            .build();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, instance, said),
              (metadata, failure) -> {
                if (failure != null) {
                  untold(failure);
                }
              });
    } catch (RuntimeException e) { // or the timer would never fire again
      untold(e);
    }
  }

  private static void untold(Exception failure) {
    LOG.warn("It was not told which models are ready: {}", failure.getMessage());
    LOG.debug("Why", failure);
  }
}
