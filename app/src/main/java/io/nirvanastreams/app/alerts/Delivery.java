package io.nirvanastreams.app.alerts;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends alerts through one channel, again and again where it must. For one thread. */
public final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final AlertChannel channel;
  private final RetryPolicy retries;
  private final ForwardCounts counts;
  private final CountDownLatch ending;

  /**
   * A delivery.
   *
   * @param ending at zero no further attempt is made
   */
  public Delivery(
      AlertChannel channel, RetryPolicy retries, ForwardCounts counts, CountDownLatch ending) {
    this.channel = channel;
    this.retries = retries;
    this.counts = counts;
    this.ending = ending;
  }

  /** What became of an alert. */
  public enum Outcome {
    /** The other side has it. */
    SENT,
    /** Held back: one about the same was sent shortly before. */
    COOLED,
    /** Held back: somebody decided about the group meanwhile. */
    SETTLED,
    /** Given up after the last attempt. */
    DEAD,
    /** The forwarder ends; its successor sends it. */
    LEFT
  }

  /**
   * Brings an alert to its end.
   *
   * @param settled whether its group wants nobody any more
   */
  public Outcome deliver(AlertMessage alert, boolean settled, Cooldown cooldown)
      throws InterruptedException {
    Outcome outcome;
    if (settled) {
      outcome = Outcome.SETTLED;
    } else if (cooldown.holdsBack(alert.subject())) {
      outcome = Outcome.COOLED;
    } else {
      outcome = attempt(alert);
    }
    if (outcome == Outcome.SENT) {
      cooldown.sent(alert.subject());
    }
    counts.add(outcome);
    LOG.info("{}: {} {}", channel.name(), alert.id(), outcome);
    return outcome;
  }

  private Outcome attempt(AlertMessage alert) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        channel.send(alert);
        return Outcome.SENT;
      } catch (DeliveryException e) {
        counts.addFailedAttempt();
        if (attempt >= retries.attempts()) {
          LOG.error(
              "{}: gave up {} after {} attempts, the last one: {}",
              channel.name(),
              alert,
              attempt,
              e.getMessage());
          return Outcome.DEAD;
        }
        Duration wait = retries.waitAfter(attempt);
        LOG.warn(
            "{}: attempt {} of {} to send {} failed: {}; again in {} s",
            channel.name(),
            attempt,
            retries.attempts(),
            alert.id(),
            e.getMessage(),
            wait.toMillis() / 1000.0);
        if (ending.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          return Outcome.LEFT;
        }
      }
    }
  }
}
