package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.records.InstanceFeed;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.InstanceReadiness;
import io.nirvanastreams.trainer.publish.ModelEvents;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.Publisher;
import io.nirvanastreams.trainer.publish.PublishingSettings;
import io.nirvanastreams.trainer.publish.Readiness;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to labels and learns what was named: keeps the labelled images in a folder, and when a
 * new class has enough of them, learns it on the next vertex from the live version, measures what
 * was forgotten, and publishes and promotes the new version or says why not.
 *
 * <p>Works on a thread of its own from {@link #start} to {@link #close}; one service per model on a
 * cluster. A restart reads the topics from their beginnings and finds its images on disk. The other
 * methods may be called from any thread.
 */
public final class RetrainingService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetrainingService.class);
  private static final Duration CATALOGUE_TIMEOUT = Duration.ofSeconds(30);

  /** Between two looks at the catalogue while there is no live version to start from. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(200);

  private final LabelFeed feed;
  private final LabelledImages images;
  private final LabelCollector collector;
  private final LearningPlan plan;
  private final LearningStep step;
  private final ControlProducer producer;
  private final Supplier<ModelCatalogue> catalogue;
  private final Clock clock;

  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closing;
  private volatile RetrainingStatus status;
  private Instant nextLook = Instant.MIN; // of the service's own thread

  /**
   * A service that has not started.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   * @param blobs where weights are stored for the processors
   * @param dataFolder where labelled images are kept
   * @param input the size of the network's input
   * @param publishing how versions are signed and become live
   */
  public RetrainingService(
      RetrainingSettings settings,
      Map<String, ?> kafka,
      AvroSerdes serdes,
      Topics topics,
      BlobStore blobs,
      Path dataFolder,
      InputShape input,
      ModelLearner learner,
      Clock clock,
      PublishingSettings publishing) {
    this(
        settings,
        TopicReader.consumer(kafka),
        new ControlProducer(kafka, serdes),
        () -> ModelCatalogue.read(kafka, serdes, topics, CATALOGUE_TIMEOUT),
        serdes,
        topics,
        blobs,
        new LabelledImages(dataFolder, input),
        learner,
        clock,
        publishing,
        new InstanceReadiness(
            () -> new InstanceFeed(kafka, serdes, topics, clock),
            publishing.readiness(),
            LOG::warn));
  }

  RetrainingService(
      RetrainingSettings settings,
      Consumer<String, byte[]> consumer,
      ControlProducer producer,
      Supplier<ModelCatalogue> catalogue,
      AvroSerdes serdes,
      Topics topics,
      BlobStore blobs,
      LabelledImages images,
      ModelLearner learner,
      Clock clock,
      PublishingSettings publishing,
      Readiness readiness) {
    this.producer = producer;
    this.catalogue = catalogue;
    this.images = images;
    this.clock = clock;
    collector = new LabelCollector(images, settings.maximumNovelties());
    plan = new LearningPlan(settings);
    feed = new LabelFeed(consumer, serdes, topics, collector, clock);
    step =
        new LearningStep(
            settings,
            learner,
            new Publisher(producer, topics, blobs, clock, publishing.signer()),
            new ModelPromotions(producer, topics, clock, publishing.margin(), readiness),
            new ModelEvents(producer, topics, clock, settings.instance()));
    status = RetrainingStatus.start(images.counts());
    thread = new Thread(this::run, "retraining-" + settings.modelName());
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException when it was started before
   */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("the retraining service was started before");
    }
    thread.start();
  }

  /** Where the service stands. */
  public RetrainingStatus status() {
    return status;
  }

  /** Waits until the service ended, by {@link #close} or a failure; whether it did in time. */
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return stopped.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      feed.open();
      while (!closing) {
        feed.poll(POLL);
        collector.file();
        note(false);
        if (feed.caughtUp()) {
          learn();
        }
      }
    } catch (RuntimeException e) {
      if (!closing) { // else it is the interruption, in one guise or another
        fail(e);
      }
    } finally {
      boolean interrupted = Thread.interrupted(); // or the clients would not close cleanly
      LOG.debug("the retraining service ends, interrupted: {}", interrupted);
      feed.close();
      producer.close();
      stopped.countDown();
    }
  }

  private void learn() {
    if (clock.instant().isBefore(nextLook)
        || plan.candidates(images, collector, clock.instant()).isEmpty()) {
      return;
    }
    LearningTask task = plan.next(catalogue.get(), images, collector, clock.instant()).orElse(null);
    if (task == null) {
      nextLook = clock.instant().plus(PAUSE);
      return;
    }
    note(true);
    long start = System.nanoTime();
    LearningStep.Result result = step.run(task);
    if (result != LearningStep.Result.PUBLISHED) {
      plan.triedInVain(task);
    }
    status = status.after(result, Duration.ofNanos(System.nanoTime() - start));
  }

  private void note(boolean learning) {
    status = status.with(feed.caughtUp(), learning, images.counts());
  }

  private void fail(RuntimeException e) {
    LOG.error("the retraining service stops", e);
    status = status.stopped(String.valueOf(e.getMessage()));
  }

  /** Ends the service; a version that is being learned is given up. Closing twice is harmless. */
  @Override
  public void close() {
    closing = true;
    if (started.compareAndSet(false, true)) {
      feed.close();
      producer.close();
      stopped.countDown();
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
