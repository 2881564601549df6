package io.nirvanastreams.camera.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.TestFrames;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BufferedFramesTest {
  private final FrameCounts counts = new FrameCounts();

  @Test
  void shouldLoseNothingWhereTheSourceWaits() throws Exception {
    try (BufferedFrames frames =
        BufferedFrames.start(new Counting(100, null), 2, WhenFull.BLOCK, () -> false, counts)) {
      assertThat(TestFrames.names(frames)).hasSize(100).startsWith("1").endsWith("100");
      assertThat(counts.droppedSoFar()).isZero();
    }
  }

  @Test
  void shouldKeepTheNewestAndCountTheRest() throws Exception {
    Counting source = new Counting(10, null);
    try (BufferedFrames frames =
        BufferedFrames.start(source, 3, WhenFull.DROP_OLDEST, () -> false, counts)) {
      source.finished.await();
      // The end is told by the buffer itself, after the frames before it.
      assertThat(TestFrames.names(frames)).containsExactly("8", "9", "10");
      assertThat(counts.droppedSoFar()).isEqualTo(7);
      assertThat(counts).hasToString("7 frames dropped (they came faster than they were sent)");
    }
    assertThat(source.closed).isTrue();
  }

  @Test
  void shouldTellAFailureAfterTheFramesBeforeIt() throws Exception {
    IOException broken = new IOException("the cable is out");
    try (BufferedFrames frames =
        BufferedFrames.start(new Counting(2, broken), 9, WhenFull.BLOCK, () -> false, counts)) {
      assertThat(frames.next()).isPresent();
      assertThat(frames.next()).isPresent();
      assertThatThrownBy(frames::next).isSameAs(broken);
    }
  }

  @Test
  void shouldEndWhenAskedWhileNothingComes() throws Exception {
    Silent silent = new Silent();
    AtomicInteger asked = new AtomicInteger();
    try (BufferedFrames frames =
        BufferedFrames.start(
            silent, 1, WhenFull.BLOCK, () -> asked.incrementAndGet() > 2, counts)) {
      assertThat(frames.next()).isEmpty();
    }
    assertThat(silent.closed).isTrue();
    assertThatThrownBy(() -> BufferedFrames.start(silent, 0, WhenFull.BLOCK, () -> false, counts))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRepeatASourceUntilItGivesNothing() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    RepeatedFrames frames =
        new RepeatedFrames(
            () ->
                FrameSource.of(
                    turns.incrementAndGet() <= 3
                        ? List.of(TestFrames.grey(turns.get(), 0, null))
                        : List.of()));

    assertThat(TestFrames.names(frames)).containsExactly("1", "2", "3");
  }

  private static final class Counting implements FrameSource {
    private final int last;
    private final IOException failure;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private int number;

    Counting(int last, IOException failure) {
      this.last = last;
      this.failure = failure;
    }

    @Override
    public Optional<Frame> next() throws IOException {
      if (number == last) {
        finished.countDown();
        if (failure != null) {
          throw failure;
        }
        return Optional.empty();
      }
      number++;
      return Optional.of(TestFrames.grey(number, 0, null));
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  /** Waits as native code does: an interrupt does not wake it up. */
  private static final class Silent implements FrameSource {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public Optional<Frame> next() {
      while (true) {
        try {
          gate.await();
          return Optional.empty();
        } catch (InterruptedException e) {
          // As if nothing had happened.
        }
      }
    }

    @Override
    public void close() {
      closed.set(true);
      gate.countDown();
    }
  }
}
