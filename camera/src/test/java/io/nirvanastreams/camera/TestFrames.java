package io.nirvanastreams.camera;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.camera.frame.Picture;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Frames for tests. */
public final class TestFrames {
  private TestFrames() {}

  /** Real images of one camera, as JPEG files of 384x216. */
  public static List<byte[]> cars() {
    return IntStream.range(100, 108).mapToObj(i -> resource("/car/0" + i + ".jpg")).toList();
  }

  /** A frame of one grey, taken at this time. */
  public static Frame grey(int name, int brightness, Duration position) {
    InputShape shape = new InputShape(3, 48, 64);
    byte[] pixels = new byte[shape.size()];
    Arrays.fill(pixels, (byte) brightness);
    return new Frame("" + name, new Picture.Raw(pixels, shape), position, null, Map.of());
  }

  /** The names of all frames up to the end. */
  public static List<String> names(FrameSource source) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
      names.add(frame.get().name());
    }
    return names;
  }

  private static byte[] resource(String name) {
    try (var stream = TestFrames.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
