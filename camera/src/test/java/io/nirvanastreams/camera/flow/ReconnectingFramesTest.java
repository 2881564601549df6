package io.nirvanastreams.camera.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.TestFrames;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReconnectingFramesTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final List<Duration> waits = new ArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void shouldDoubleTheWaitsUpToALimit() {
    Backoff backoff = new Backoff(FIRST, LONGEST, fixed(0));

    assertThat(List.of(1, 2, 3, 6, 7, 1000).stream().map(backoff::after))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 32L, 60L, 60L);
  }

  @Test
  void shouldTakeARandomPartOffTheWaits() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(7));

    assertThat(new Backoff(FIRST, LONGEST, fixed(0.5)).after(3)).isEqualTo(Duration.ofSeconds(3));
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.after(3)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }
    assertThat(backoff.after(3)).isNotEqualTo(backoff.after(3));
    assertThatThrownBy(() -> new Backoff(LONGEST, FIRST, new Random()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldStartOverAfterAFrame() throws Exception {
    FrameSource frames =
        reconnecting(
            9,
            () -> {
              if (opened.incrementAndGet() % 3 != 0) {
                throw new IOException("no route to the camera");
              }
              return FrameSource.of(List.of(TestFrames.grey(opened.get(), 0, null)));
            });

    assertThat(frames.next().orElseThrow().name()).isEqualTo("3");
    assertThat(frames.next().orElseThrow().name()).isEqualTo("6");
    assertThat(waits)
        .extracting(Duration::toSeconds)
        .as("two failures, a frame, its end and two failures")
        .containsExactly(1L, 2L, 1L, 2L, 4L);
  }

  @Test
  void shouldGiveUpAfterSoManyTries() {
    FrameSource frames =
        reconnecting(
            2,
            () -> {
              opened.incrementAndGet();
              throw new IOException("no route to the camera");
            });

    assertThatThrownBy(frames::next).isInstanceOf(IOException.class).hasMessageContaining("route");
    assertThat(opened).hasValue(3);
  }

  @Test
  void shouldNotTryAgainWhatStaysWrong() {
    FrameSource frames =
        reconnecting(
            9,
            () -> {
              opened.incrementAndGet();
              throw new IllegalArgumentException("wrong password");
            });

    assertThatThrownBy(frames::next).hasMessageContaining("wrong password");
    assertThat(opened).hasValue(1);
  }

  private FrameSource reconnecting(long retries, FrameSource.Opener opener) {
    return new ReconnectingFrames(
        opener, new Backoff(FIRST, LONGEST, fixed(0)), retries, (reason, wait) -> waits.add(wait));
  }

  private static RandomGenerator fixed(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
