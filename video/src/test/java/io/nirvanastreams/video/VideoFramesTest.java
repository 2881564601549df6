package io.nirvanastreams.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.CameraAddress;
import io.nirvanastreams.camera.Cameras;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.camera.frame.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VideoFramesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private final FrameCounts counts = new FrameCounts();

  @Test
  void shouldUseFFmpegUnderTheLesserLicence() {
    assertThat(avcodec.avcodec_license().getString()).startsWith("LGPL");
    assertThat(avformat.avformat_license().getString()).startsWith("LGPL");
  }

  @Test
  void shouldGiveEveryFrameOfAFile() throws Exception {
    List<Frame> frames = read(Clip.write(directory).toString());

    assertThat(frames).hasSize(Clip.FRAMES);
    assertThat(frames.get(25).attributes())
        .containsEntry("frame", "26")
        .containsEntry("file", "car.mp4")
        .containsEntry("pts", "2.000");
    assertThat(frames.get(25).position()).isEqualTo(Duration.ofSeconds(2));
    assertThat(frames.get(25).capturedAt()).isNull();
    assertThat(counts.brokenSoFar()).isZero();
  }

  @Test
  void shouldDecodeToThePixelsThatWereFilmed() throws Exception {
    Frame first = read(Clip.write(directory).toString()).get(0);
    Path original = Clip.write(directory, "0100.jpg");

    BufferedImage filmed = ImageIO.read(original.toFile());
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(first.picture().bytes()));

    assertThat(((Picture.Raw) first.picture()).shape()).hasToString("3x216x384");
    assertThat(meanDifference(filmed, seen))
        .as("mean difference in 255, colours apart")
        .isLessThan(8);
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    Path text = Files.writeString(directory.resolve("notes.mp4"), "no video at all");

    assertThatThrownBy(() -> read(text.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("notes.mp4")
        .hasMessageContaining("Invalid data");
    assertThatThrownBy(() -> read(directory.resolve("gone.mp4").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no file");
    assertThatThrownBy(
            () ->
                Cameras.open(CameraAddress.of("file:///etc/passwd", null, null), PATIENCE, counts))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveTheFramesOfAFileThatBreaksOff() throws Exception {
    Path clip = Clip.write(directory);
    Path half = directory.resolve("half.mp4");
    Files.write(half, Arrays.copyOf(Files.readAllBytes(clip), 40_000));

    try (FrameSource source = open(half.toString(), PATIENCE)) {
      int frames = 0;
      while (source.next().isPresent()) {
        frames++;
      }
      assertThat(frames).isBetween(5, Clip.FRAMES - 5);
    }
  }

  @Test
  void shouldNotWaitForeverForACameraThatSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      String url = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/yard";

      assertThatThrownBy(() -> open(url, Duration.ofMillis(500)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot open " + url);
    }
  }

  private List<Frame> read(String location) throws Exception {
    List<Frame> frames = new ArrayList<>();
    try (FrameSource source = open(location, PATIENCE)) {
      for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
        frames.add(frame.get());
      }
    }
    return frames;
  }

  private FrameSource open(String location, Duration patience) throws Exception {
    return Cameras.open(CameraAddress.of(location, null, null), patience, counts);
  }

  private static double meanDifference(BufferedImage one, BufferedImage other) {
    assertThat(other.getWidth()).isEqualTo(one.getWidth());
    assertThat(other.getHeight()).isEqualTo(one.getHeight());
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum +=
              Math.abs(
                  ((one.getRGB(x, y) >> shift) & 0xFF) - ((other.getRGB(x, y) >> shift) & 0xFF));
        }
      }
    }
    return sum / 3.0 / one.getWidth() / one.getHeight();
  }
}
