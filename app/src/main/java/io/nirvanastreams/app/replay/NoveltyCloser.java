package io.nirvanastreams.app.replay;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Labels;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.replay.Answerer;
import io.nirvanastreams.processor.replay.NoveltyReview;
import io.nirvanastreams.processor.replay.ReviewSettings;
import io.nirvanastreams.processor.replay.ReviewedGroup;
import io.nirvanastreams.records.LiveSchedule;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for versions to go live and has each look at the open groups of unknowns, in the background
 * and beside the stream: on a thread of its own, with a model of its own that is freed afterwards.
 * Looks again now and then, since images from before the switch may still be answered after it.
 *
 * <p>A failure is logged and tried again; nothing depends on it. Safe for any thread.
 */
public final class NoveltyCloser implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NoveltyCloser.class);
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration AGAIN = Duration.ofMinutes(5);

  private final ClusterAccess access;
  private final ProcessorSettings processor;
  private final ReviewSettings settings;
  private final Consumer<ReviewedGroup> closed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Map<String, Long> sizes = new HashMap<>(); // of groups that were looked at
  private int version;
  private Instant next = Instant.MIN;

  /**
   * A closer that has not started.
   *
   * @param processor how images are answered
   * @param closed told of each group that was closed
   */
  public NoveltyCloser(
      ClusterAccess access,
      ProcessorSettings processor,
      ReviewSettings settings,
      Consumer<ReviewedGroup> closed) {
    this.access = access;
    this.processor = processor;
    this.settings = settings;
    this.closed = closed;
    this.thread = new Thread(this::run, "novelty-closer");
    this.thread.setDaemon(true);
  }

  /** Starts to wait for versions. */
  public void start() {
    thread.start();
  }

  /**
   * Has a version look at the groups once.
   *
   * @return what it found of each group, the largest first
   * @throws BadModelException when the version must not answer
   */
  public static List<ReviewedGroup> review(
      ClusterAccess access,
      ProcessorSettings processor,
      ReviewSettings settings,
      ModelVersion version)
      throws BadModelException {
    return review(access, processor, settings, version, Map.of());
  }

  private static List<ReviewedGroup> review(
      ClusterAccess access,
      ProcessorSettings processor,
      ReviewSettings settings,
      ModelVersion version,
      Map<String, Long> before)
      throws BadModelException {
    try (var consumer = TopicReader.consumer(access.kafka())) {
      return new NoveltyReview(consumer, processor, settings, Clock.systemUTC())
          .run(
              version.spec().version(),
              group -> before.getOrDefault(group.getGroupId(), -1L) != group.getSize(),
              () -> Answerer.with(processor, version.newestThroughout(), access.kafka()),
              decision -> Labels.send(access, decision));
    }
  }

  private void run() {
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      OptionalInt live =
          LiveSchedule.of(
                  processor.modelName(),
                  Records.latest(access, access.topics().promotions(), Promotion.class).values())
              .at(Instant.now());
      if (live.isEmpty() || (live.getAsInt() == version && Instant.now().isBefore(next))) {
        return;
      }
      if (live.getAsInt() != version) {
        sizes.clear();
      }
      next = Instant.now().plus(AGAIN);
      version = live.getAsInt();
      ModelVersion whole = Models.version(Models.catalogue(access), processor.modelName(), version);
      for (ReviewedGroup group : review(access, processor, settings, whole, sizes)) {
        sizes.put(group.groupId(), group.size());
        LOG.info("Group {}: {}", group.groupId(), group.reason(version));
        if (group.recognised(settings)) {
          closed.accept(group);
        }
      }
    } catch (BadModelException | RuntimeException e) {
      if (closing.getCount() > 0) {
        LOG.warn("The open groups were not looked at; tried again later", e);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
