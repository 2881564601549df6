package io.nirvanastreams.camera;

import io.nirvanastreams.camera.file.FileFrames;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.camera.http.MjpegFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ServiceLoader;

/**
 * Opens what an address leads to: files, MJPEG over HTTP, and what the providers on the class path
 * can open. Stateless.
 */
public final class Cameras {
  private Cameras() {}

  /**
   * Opens a source.
   *
   * @param patience the longest wait for a frame of a camera
   * @param counts told of frames that are broken
   * @throws IOException when the source cannot be reached or read now
   * @throws IllegalArgumentException when nothing opens such an address, or trying again is of no
   *     use
   */
  public static FrameSource open(CameraAddress address, Duration patience, FrameCounts counts)
      throws IOException, InterruptedException {
    String scheme = address.scheme().orElse("");
    if (isHttp(scheme)) {
      return MjpegFrames.open(
          address.location(),
          address.user(),
          address.password(),
          patience,
          counts,
          Clock.systemUTC());
    }
    if (scheme.isEmpty() && !address.isVideoFile()) {
      return FileFrames.open(Path.of(address.location()));
    }
    return provider(address).open(address, patience, counts);
  }

  /**
   * Makes sure that there is something that opens such an address; opens nothing.
   *
   * @throws IllegalArgumentException when there is not
   */
  public static void check(CameraAddress address) {
    String scheme = address.scheme().orElse("");
    if (address.isVideoFile() || !(scheme.isEmpty() || isHttp(scheme))) {
      FrameSourceProvider unused = provider(address);
    }
  }

  private static boolean isHttp(String scheme) {
    return scheme.equals("http") || scheme.equals("https");
  }

  private static FrameSourceProvider provider(CameraAddress address) {
    for (FrameSourceProvider provider : ServiceLoader.load(FrameSourceProvider.class)) {
      if (provider.accepts(address)) {
        return provider;
      }
    }
    String scheme = address.scheme().orElse("");
    throw new IllegalArgumentException(
        "nothing here reads "
            + (scheme.isEmpty() ? address : scheme + " URLs")
            + "; video files and RTSP need the video module (FFmpeg, 27 MB): build it with"
            + " 'mvn -Dquick -Dvideo package', see docs/cameras.md");
  }
}
