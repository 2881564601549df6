package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.schemas.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends made-up images of many sources: half of them evenly, half in bursts, so that batches are
 * sometimes full and sometimes not. Mostly known classes, some unknown ones, now and then a file
 * that is no image. {@link #run} is for one thread; all else for any.
 */
final class Cameras {
  private static final Duration BURST_EVERY = Duration.ofSeconds(12);
  private static final double UNKNOWN_SHARE = 0.15;
  private static final double BROKEN_SHARE = 0.01;
  private static final double AFTERWARDS_PER_SECOND = 10;
  private static final long REST_MILLIS = 20;

  private final TrialSettings settings;
  private final String topic;
  private final Random random;
  private final long[] sequences;
  private final List<SentImage> sent = new ArrayList<>();
  private final AtomicInteger extra = new AtomicInteger();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  Cameras(TrialSettings settings, String topic) {
    this.settings = settings;
    this.topic = topic;
    this.random = new Random(settings.seed());
    this.sequences = new long[settings.sources()];
  }

  /**
   * Sends all images, then a few a second while there is need, and returns when the cluster has
   * them.
   *
   * @param more whether images are needed still, though all are sent
   * @throws KafkaException when the cluster refuses one
   */
  void run(Producer<String, ImageEvent> producer, BooleanSupplier more)
      throws InterruptedException {
    long start = System.nanoTime();
    int number = 0;
    while (number < settings.images() || more.getAsBoolean()) {
      int due = due(Duration.ofNanos(System.nanoTime() - start));
      for (; number < due; number++) {
        send(producer);
      }
      check();
      Thread.sleep(REST_MILLIS);
    }
    producer.flush();
    check();
  }

  /** Sends so many images at once, of those that are left. */
  void burst(int images) {
    extra.addAndGet(images);
  }

  /** What was sent so far, in the order of each source. */
  List<SentImage> sent() {
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }

  int sentCount() {
    synchronized (sent) {
      return sent.size();
    }
  }

  private int due(Duration since) {
    double half = settings.images() / 2.0;
    double part = Math.min(1, (double) since.toMillis() / settings.duration().toMillis());
    long bursts = Math.max(1, settings.duration().toMillis() / BURST_EVERY.toMillis());
    long burstsDue = part == 1 ? bursts : since.toMillis() / BURST_EVERY.toMillis();
    double all = half * part + half * Math.min(bursts, burstsDue) / bursts + extra.get();
    double late = Math.max(0, since.minus(settings.duration()).toMillis() / 1000.0);
    return (int) (Math.min(settings.images(), Math.ceil(all)) + late * AFTERWARDS_PER_SECOND);
  }

  private void send(Producer<String, ImageEvent> producer) {
    int source = random.nextInt(settings.sources());
    String sourceId = "source-" + source;
    double kind = random.nextDouble();
    String truth =
        kind < BROKEN_SHARE
            ? ""
            : kind < BROKEN_SHARE + UNKNOWN_SHARE
                ? Patterns.UNKNOWN
                : Patterns.CLASSES.get(random.nextInt(Patterns.CLASSES.size()));
    byte[] bytes = truth.isEmpty() ? Patterns.broken(random) : Patterns.png(truth, random);
    long sequence = sequences[source]++;
    Instant now = Instant.now();
    ImageEvent image =
        ImageEvent.newBuilder()
            .setEventId(sourceId + "-" + sequence)
            .setSourceId(sourceId)
            .setCapturedAt(now)
            .setMediaType("image/png")
            .setBytes(ByteBuffer.wrap(bytes))
            .build();
    synchronized (sent) {
      sent.add(new SentImage(image.getEventId(), sourceId, sequence, truth, now.toEpochMilli()));
    }
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, sourceId, image),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  private void check() {
    Exception e = failure.get();
    if (e != null) {
      throw new KafkaException("the cluster refused an image: " + e.getMessage(), e);
    }
  }
}
