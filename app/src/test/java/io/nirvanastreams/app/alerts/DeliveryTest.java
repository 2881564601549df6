package io.nirvanastreams.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.console.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Duration NONE = Duration.ZERO;

  private final TestClock clock = new TestClock();
  private final Cooldown cooldown = new Cooldown(Duration.ofMinutes(5), clock);
  private final ForwardCounts counts = new ForwardCounts("test");
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Channel channel = new Channel();
  private final Delivery delivery =
      new Delivery(channel, new RetryPolicy(3, NONE, NONE), counts, ending);

  @Test
  void shouldTryAgainUntilItIsTaken() throws Exception {
    channel.failures = 2;

    assertThat(deliver("a", "bags")).isEqualTo(Delivery.Outcome.SENT);
    assertThat(channel.tried).containsExactly("a", "a", "a");
    assertThat(counts.failedAttempts()).isEqualTo(2);
  }

  @Test
  void shouldGiveUpAfterTheLastAttempt() throws Exception {
    channel.failures = 3;

    assertThat(deliver("a", "bags")).isEqualTo(Delivery.Outcome.DEAD);
    assertThat(deliver("b", "bags")).isEqualTo(Delivery.Outcome.SENT);
    assertThat(channel.tried).containsExactly("a", "a", "a", "b");
  }

  @Test
  void shouldCountTheCooldownFromTheLastAlertThatWasSent() throws Exception {
    assertThat(deliver("a", "bags")).isEqualTo(Delivery.Outcome.SENT);
    clock.advance(Duration.ofMinutes(3));
    assertThat(deliver("b", "bags")).isEqualTo(Delivery.Outcome.COOLED);
    assertThat(deliver("c", "shoes")).isEqualTo(Delivery.Outcome.SENT);
    // Three minutes after the one that was held back, six after the one that was sent.
    clock.advance(Duration.ofMinutes(3));
    assertThat(deliver("d", "bags")).isEqualTo(Delivery.Outcome.SENT);
    assertThat(channel.tried).containsExactly("a", "c", "d");
  }

  @Test
  void shouldNotCoolDownAfterWhatNeverArrived() throws Exception {
    channel.failures = 3;
    assertThat(deliver("a", "bags")).isEqualTo(Delivery.Outcome.DEAD);

    assertThat(deliver("b", "bags")).isEqualTo(Delivery.Outcome.SENT);
  }

  @Test
  void shouldSendNothingAboutAGroupThatIsSettled() throws Exception {
    AlertMessage alert = Alerts.message("a", "bags");

    assertThat(delivery.deliver(alert, true, cooldown)).isEqualTo(Delivery.Outcome.SETTLED);
    assertThat(channel.tried).isEmpty();
  }

  @Test
  void shouldLeaveAnAlertToTheSuccessorWhenItEnds() throws Exception {
    channel.failures = 1;
    ending.countDown();

    assertThat(deliver("a", "bags")).isEqualTo(Delivery.Outcome.LEFT);
    assertThat(cooldown.holdsBack("BORN bags")).isFalse();
  }

  @Test
  void shouldTellTheNumbers() throws Exception {
    deliver("a", "bags");
    deliver("b", "bags");

    assertThat(counts.alertSamples() + counts.attemptSamples())
        .contains("nirvana_alerts_forwarded_total{channel=\"test\",outcome=\"sent\"} 1")
        .contains("nirvana_alerts_forwarded_total{channel=\"test\",outcome=\"cooled\"} 1")
        .contains("nirvana_alerts_failed_attempts_total{channel=\"test\"} 0");
  }

  private Delivery.Outcome deliver(String id, String groupId) throws InterruptedException {
    return delivery.deliver(Alerts.message(id, groupId), false, cooldown);
  }

  private static final class Channel implements AlertChannel {
    final List<String> tried = new ArrayList<>();
    int failures;

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void send(AlertMessage alert) throws DeliveryException {
      tried.add(alert.id());
      if (failures > 0) {
        failures--;
        throw new DeliveryException("told to");
      }
    }

    @Override
    public void close() {}
  }
}
