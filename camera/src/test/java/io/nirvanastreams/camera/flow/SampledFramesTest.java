package io.nirvanastreams.camera.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.TestFrames;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampledFramesTest {
  @Test
  void shouldThinToSoManyFramesASecond() throws Exception {
    assertThat(sampled(100, 25, 5)).hasSize(20).startsWith("0", "5", "10");
    assertThat(sampled(100, 25, 10)).hasSize(40);
    assertThat(sampled(100, 25, 0.5)).containsExactly("0", "50");
    assertThat(sampled(100, 25, 100)).hasSize(100);
  }

  @Test
  void shouldGoOnWhenTheSourceStartsAgain() throws Exception {
    List<Frame> frames =
        Stream.of(0, 400, 800, 1200, 0, 400)
            .map(millis -> TestFrames.grey(millis, 0, Duration.ofMillis(millis)))
            .toList();

    assertThat(TestFrames.names(new SampledFrames(FrameSource.of(frames), 1)))
        .containsExactly("0", "1200", "0");
  }

  @Test
  void shouldLeaveFramesWithoutTimeAlone() throws Exception {
    List<Frame> frames =
        IntStream.range(0, 9).mapToObj(i -> Frame.ofFile("" + i, new byte[1])).toList();

    assertThat(TestFrames.names(new SampledFrames(FrameSource.of(frames), 0.001))).hasSize(9);
    assertThatThrownBy(() -> new SampledFrames(FrameSource.of(frames), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> sampled(int count, int perSecond, double wanted) throws Exception {
    List<Frame> frames =
        IntStream.range(0, count)
            .mapToObj(i -> TestFrames.grey(i, 0, Duration.ofNanos(i * 1_000_000_000L / perSecond)))
            .toList();
    return TestFrames.names(new SampledFrames(FrameSource.of(frames), wanted));
  }
}
