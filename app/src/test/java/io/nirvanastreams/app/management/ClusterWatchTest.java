package io.nirvanastreams.app.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nirvanastreams.app.console.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {
  private static final Duration OFTEN = Duration.ofMillis(2);

  private final TestClock clock = new TestClock();
  private final AtomicBoolean up = new AtomicBoolean(true);
  private final AtomicLong asked = new AtomicLong();

  private void ask() throws ExecutionException {
    asked.incrementAndGet();
    if (!up.get()) {
      throw new ExecutionException(new IllegalStateException("no broker"));
    }
  }

  @Test
  void shouldBeReadyOnlyWhileABrokerAnsweredRecently() {
    Health well = Health.up(Map.of("model", "1"));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (ClusterWatch watch = new ClusterWatch(this::ask, clock, OFTEN)) {
      watch.bindTo(meters);
      assertThat(well.needing(watch).ready()).isTrue();
      assertThat(well.needing(watch).details()).containsKeys("kafka", "model");

      up.set(false);
      awaitAnotherQuestion();
      clock.advance(ClusterWatch.RECENTLY.plusSeconds(1));

      Health away = well.needing(watch);
      assertThat(away.ready()).isFalse();
      assertThat(away.live()).isTrue(); // a restart would not bring the broker back
      assertThat(away.details().get("kafka")).isEqualTo("a broker answered 21 s ago");
      assertThat(meters.get("nirvana.kafka.reachable").gauge().value()).isZero();

      up.set(true);
      await().until(watch::reachable);
      assertThat(well.needing(watch).ready()).isTrue();
      assertThat(meters.get("nirvana.kafka.reachable").gauge().value()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotMakeReadyWhatIsNot() {
    try (ClusterWatch watch = new ClusterWatch(this::ask, clock, OFTEN)) {
      assertThat(new Health(true, true, false, Map.of()).needing(watch).ready()).isFalse();
    }
  }

  private void awaitAnotherQuestion() {
    long before = asked.get();
    await().until(() -> asked.get() > before + 1);
  }
}
