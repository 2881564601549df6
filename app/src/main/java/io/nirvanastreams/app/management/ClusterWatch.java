package io.nirvanastreams.app.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster every few seconds whether it answers, so that a question about health is
 * answered at once and a cluster that is away shows. Safe from any thread; asks on its own.
 */
public final class ClusterWatch implements AutoCloseable {
  /** How long ago the last answer may be. */
  public static final Duration RECENTLY = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int PATIENCE_MILLIS = 5_000;

  private final Cluster cluster;
  private final Clock clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Instant answered;

  /** What is asked. */
  @FunctionalInterface
  interface Cluster {
    /**
     * Returns when a broker answered.
     *
     * @throws ExecutionException when none did
     */
    void ask() throws ExecutionException, InterruptedException;
  }

  ClusterWatch(Cluster cluster, Clock clock, Duration every) {
    this.cluster = cluster;
    this.clock = clock;
    this.answered = clock.instant(); // whoever watches has just reached it
    this.thread = new Thread(() -> run(every), "cluster-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Watches from now on.
   *
   * @param admin asks; stays the caller's to close, after this
   */
  public static ClusterWatch start(Admin admin) {
    DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS);
    return new ClusterWatch(
        () -> admin.describeCluster(options).nodes().get(), Clock.systemUTC(), EVERY);
  }

  /** Whether a broker answered recently. */
  public boolean reachable() {
    return age().compareTo(RECENTLY) <= 0;
  }

  /** When a broker answered last, for people. */
  public String describe() {
    return "a broker answered " + age().toSeconds() + " s ago";
  }

  /** Shows it as a meter. */
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("nirvana.kafka.reachable", this, watch -> watch.reachable() ? 1 : 0)
        .description("1 while a broker answered in the last 20 s, else 0")
        .register(meters);
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration age() {
    return Duration.between(answered, clock.instant());
  }

  private void run(Duration every) {
    try {
      do {
        ask();
      } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("the watch ends");
    }
  }

  private void ask() throws InterruptedException {
    try {
      cluster.ask();
      answered = clock.instant();
    } catch (ExecutionException | KafkaException e) {
      LOG.debug("no broker answered", e);
    }
  }
}
