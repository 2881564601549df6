package io.nirvanastreams.app.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.console.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final TestClock clock = new TestClock();

  @Test
  void shouldLetEachCallerHaveItsShareAMinute() {
    RateLimit limit = new RateLimit(2, clock);

    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isFalse();
    assertThat(limit.take("b")).isTrue();
    clock.advance(Duration.ofSeconds(30));
    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isFalse();
  }

  @Test
  void shouldEndASessionAfterItsTime() {
    Sessions sessions = new Sessions(clock);
    String id = sessions.open(new Visitor("ana", Role.VIEW));

    clock.advance(Sessions.LENGTH);
    assertThat(sessions.visitor(id)).contains(new Visitor("ana", Role.VIEW));
    clock.advance(Duration.ofSeconds(1));
    assertThat(sessions.visitor(id)).isEmpty();
  }

  @Test
  void shouldEndASessionThatWasClosed() {
    Sessions sessions = new Sessions(clock);
    String id = sessions.open(new Visitor("ana", Role.VIEW));

    sessions.close(id);

    assertThat(sessions.visitor(id)).isEmpty();
    assertThat(sessions.visitor("guessed")).isEmpty();
  }
}
