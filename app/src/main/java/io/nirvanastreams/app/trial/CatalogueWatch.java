package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at the model versions as any reader sees them, and books every version that
 * had a manifest but was not whole. Safe from any thread.
 */
final class CatalogueWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueWatch.class);
  private static final long BETWEEN_MILLIS = 500;

  private final ClusterAccess access;
  private final Set<String> halves = new ConcurrentSkipListSet<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "catalogue-watch");

  private CatalogueWatch(ClusterAccess access) {
    this.access = access;
  }

  static CatalogueWatch start(ClusterAccess access) {
    CatalogueWatch watch = new CatalogueWatch(access);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** What was seen of incomplete versions. */
  List<String> halves() {
    return List.copyOf(halves);
  }

  @Override
  public void close() {
    closing.countDown();
  }

  private void run() {
    try {
      while (!closing.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Models.catalogue(access)
          .problems()
          .forEach((version, problem) -> halves.add(version + ": " + problem));
    } catch (KafkaException e) {
      LOG.debug("the catalogue cannot be read just now", e);
    }
  }
}
