package io.nirvanastreams.app.alerts;

import io.nirvanastreams.app.clients.ClusterAccess;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards alerts through channels until it is closed. Each channel has a thread and a consumer
 * group of its own, so that one that is down holds up no other. Any number of forwarders share the
 * alerts. Safe from any thread.
 */
public final class AlertForwarder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertForwarder.class);
  private static final String ALERTS_HELP =
      """
      # HELP nirvana_alerts_forwarded_total Alerts by channel and by what became of them.
      # TYPE nirvana_alerts_forwarded_total counter
      """;
  private static final String ATTEMPTS_HELP =
      """
      # HELP nirvana_alerts_failed_attempts_total Attempts to send that failed.
      # TYPE nirvana_alerts_failed_attempts_total counter
      """;

  private final CountDownLatch ending = new CountDownLatch(1);
  private final GroupStates states;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, ForwardCounts> counts = new LinkedHashMap<>();
  private volatile RuntimeException failure;

  private AlertForwarder(GroupStates states) {
    this.states = states;
  }

  /**
   * Starts to forward.
   *
   * @param channels by a short name, which ends the channel's consumer group; closed in the end
   * @throws org.apache.kafka.common.KafkaException when the cluster lacks a topic
   */
  public static AlertForwarder start(
      ClusterAccess access,
      ForwardSettings settings,
      Map<String, AlertChannel> channels,
      Clock clock) {
    AlertForwarder forwarder = new AlertForwarder(GroupStates.follow(access));
    channels.forEach((name, channel) -> forwarder.add(access, settings, name, channel, clock));
    forwarder.threads.forEach(Thread::start);
    return forwarder;
  }

  @SuppressWarnings("resource") // closed by the thread that runs it
  private void add(
      ClusterAccess access,
      ForwardSettings settings,
      String name,
      AlertChannel channel,
      Clock clock) {
    ForwardCounts counted = new ForwardCounts(name);
    counts.put(name, counted);
    AlertFeed feed =
        new AlertFeed(
            access, settings, settings.groupPrefix() + "-" + name, states::of, clock, ending);
    Delivery delivery = new Delivery(channel, settings.retries(), counted, ending);
    Thread thread = new Thread(() -> run(feed, delivery, channel), "alerts-" + name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  private void run(AlertFeed feed, Delivery delivery, AlertChannel channel) {
    try (feed;
        channel) {
      feed.run(delivery);
    } catch (InterruptedException e) {
      LOG.info("{} was interrupted", channel.name());
    } catch (RuntimeException e) {
      LOG.error("{} forwards no more", channel.name(), e);
      failure = e;
    }
  }

  /** Whether all channels are at work. */
  public boolean running() {
    return failure == null && threads.stream().allMatch(Thread::isAlive);
  }

  /**
   * Says why it does not forward any more.
   *
   * @throws RuntimeException what ended a channel, when something did
   */
  public void check() {
    if (failure != null) {
      throw failure;
    }
  }

  /** What became of the alerts, by the short names of the channels. */
  public Map<String, ForwardCounts> counts() {
    return Map.copyOf(counts);
  }

  /** The numbers in Prometheus' text format. */
  public String metrics() {
    StringBuilder text = new StringBuilder(ALERTS_HELP);
    counts.values().forEach(count -> text.append(count.alertSamples()));
    text.append(ATTEMPTS_HELP);
    counts.values().forEach(count -> text.append(count.attemptSamples()));
    return text.toString();
  }

  /** Ends; an attempt under way is interrupted, and its alert is left to the successor. */
  @Override
  public void close() {
    ending.countDown();
    threads.forEach(AlertForwarder::join);
    states.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
