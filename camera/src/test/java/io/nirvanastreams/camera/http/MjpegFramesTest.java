package io.nirvanastreams.camera.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.TestFrames;
import io.nirvanastreams.camera.flow.Backoff;
import io.nirvanastreams.camera.flow.BufferedFrames;
import io.nirvanastreams.camera.flow.ReconnectingFrames;
import io.nirvanastreams.camera.flow.WhenFull;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MjpegFramesTest {
  private static final List<byte[]> CARS = TestFrames.cars();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FrameCounts counts = new FrameCounts();

  @Test
  void shouldReadTheImagesOfACamera() throws Exception {
    try (MjpegServer camera = MjpegServer.start((out, closed) -> MjpegServer.send(out, CARS));
        FrameSource frames = open(camera, PATIENCE)) {
      for (int i = 0; i < CARS.size(); i++) {
        Frame frame = frames.next().orElseThrow();
        assertThat(frame.picture().bytes()).isEqualTo(CARS.get(i));
        assertThat(frame.capturedAt()).isEqualTo(NOW);
        assertThat(frame.position()).isNotNull();
        assertThat(frame.attributes()).isEqualTo(Map.of("frame", "" + (i + 1)));
      }
      assertThat(frames.next()).isEmpty();
    }
  }

  @Test
  void shouldLeaveOutAndCountWhatCameInPartOnly() throws Exception {
    byte[] half = Arrays.copyOf(CARS.get(1), CARS.get(1).length / 2);
    byte[] rubbish = "no image".getBytes(StandardCharsets.US_ASCII);
    byte[] filled = Arrays.copyOf(CARS.get(3), CARS.get(3).length + 16);
    try (MjpegServer camera =
            MjpegServer.start(
                (out, closed) ->
                    MjpegServer.send(out, List.of(CARS.get(0), half, rubbish, filled)));
        FrameSource frames = open(camera, PATIENCE)) {
      assertThat(frames.next().orElseThrow().picture().bytes()).isEqualTo(CARS.get(0));
      assertThat(frames.next().orElseThrow().picture().bytes()).startsWith(CARS.get(3));
      assertThat(frames.next()).isEmpty();
      assertThat(counts.brokenSoFar()).isEqualTo(2);
    }
  }

  @Test
  void shouldConnectAgainWhenTheCameraBreaksOff() throws Exception {
    List<String> losses = new ArrayList<>();
    try (MjpegServer camera =
        MjpegServer.start(
            (out, closed) -> {
              MjpegServer.send(out, CARS.subList(0, 2));
              out.write("--frame\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              out.write(CARS.get(2), 0, 100);
            })) {
      try (FrameSource frames =
          new ReconnectingFrames(
              () -> open(camera, PATIENCE),
              new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(9), new Random(1)),
              3,
              (reason, wait) -> losses.add(reason.getMessage()))) {
        for (int i = 0; i < 5; i++) {
          assertThat(frames.next().orElseThrow().picture().bytes()).isEqualTo(CARS.get(i % 2));
        }
      }
      assertThat(camera.connections()).isEqualTo(3);
      assertThat(losses).hasSize(2).allMatch(loss -> loss.contains("within an image"));
      assertThat(counts.brokenSoFar()).isEqualTo(2);
    }
  }

  @Test
  void shouldNoticeThatACameraSendsNothingAnyMore() throws Exception {
    try (MjpegServer camera = MjpegServer.start(MjpegFramesTest::oneAndThenNothing);
        FrameSource frames = open(camera, Duration.ofMillis(500))) {
      assertThat(frames.next()).isPresent();
      assertThatThrownBy(frames::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no image came for 0.5 s");
    }
  }

  @Test
  void shouldEndWhileItWaitsForTheCamera() throws Exception {
    try (MjpegServer camera = MjpegServer.start(MjpegFramesTest::oneAndThenNothing)) {
      FrameSource frames = open(camera, PATIENCE);
      BufferedFrames buffered =
          BufferedFrames.start(frames, 4, WhenFull.DROP_OLDEST, () -> false, counts);
      assertThat(buffered.next()).isPresent();

      buffered.close();

      assertThat(buffered.next()).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhatNoSecondTryChanges() {
    try (MjpegServer page = MjpegServer.start(200, "text/html", (out, closed) -> {});
        MjpegServer gone = MjpegServer.start(404, "text/plain", (out, closed) -> {});
        MjpegServer busy = MjpegServer.start(503, "text/plain", (out, closed) -> {});
        MjpegServer locked = MjpegServer.start((out, closed) -> {})) {
      assertThatThrownBy(() -> open(page, PATIENCE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("text/html");
      assertThatThrownBy(() -> open(gone, PATIENCE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("404");
      assertThatThrownBy(() -> open(busy, PATIENCE)).isInstanceOf(IOException.class);
      assertThatThrownBy(
              () ->
                  MjpegFrames.open(
                      locked.url(), "root", "wrong", PATIENCE, counts, Clock.systemUTC()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--camera-user");
    }
  }

  @Test
  void shouldLogIn() throws Exception {
    try (MjpegServer camera = MjpegServer.start((out, closed) -> MjpegServer.send(out, CARS));
        FrameSource frames =
            MjpegFrames.open(camera.url(), "root", "pass", PATIENCE, counts, Clock.systemUTC())) {
      assertThat(frames.next()).isPresent();
    }
  }

  private static void oneAndThenNothing(OutputStream out, CountDownLatch closed)
      throws IOException, InterruptedException {
    MjpegServer.send(out, CARS.subList(0, 1));
    closed.await();
  }

  private FrameSource open(MjpegServer camera, Duration patience)
      throws IOException, InterruptedException {
    return MjpegFrames.open(
        camera.url(), null, null, patience, counts, Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
