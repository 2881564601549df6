package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.camera.CameraAddress;
import io.nirvanastreams.camera.Cameras;
import io.nirvanastreams.camera.file.WatchedFolder;
import io.nirvanastreams.camera.flow.Backoff;
import io.nirvanastreams.camera.flow.BufferedFrames;
import io.nirvanastreams.camera.flow.ReconnectingFrames;
import io.nirvanastreams.camera.flow.RepeatedFrames;
import io.nirvanastreams.camera.flow.SampledFrames;
import io.nirvanastreams.camera.flow.WhenFull;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.camera.shape.FrameShape;
import io.nirvanastreams.camera.shape.ShapedFrames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which frames of which camera or files, and how they are listened to. */
final class CameraOptions {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(500);

  @Parameters(
      paramLabel = "PATH|URL",
      description = {
        "Folder, zip, text file that lists images, or image;",
        "http(s):// of a camera's MJPEG stream; with the video module also a video file or rtsp://."
      })
  private String location;

  @Option(
      names = "--watch",
      description = "Send the images that arrive in the folder from now on, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--loop",
      description = "Start again after the last image, until --count or Ctrl-C.")
  private boolean loop;

  @Option(
      names = "--fps",
      paramLabel = "PER_SECOND",
      description = "Thin a camera or a video to so many frames a second of its own time.")
  private Double fps;

  @Mixin private FrameShapeOptions shape;

  @Option(
      names = "--queue",
      paramLabel = "FRAMES",
      defaultValue = "16",
      description = "Frames that wait to be sent at most (default: ${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--when-full",
      paramLabel = "WHAT",
      description = {
        "block: the source waits; drop-oldest: recent frames go before old ones",
        "(default: drop-oldest for cameras, block for files)."
      })
  private String whenFull;

  @Option(
      names = "--retries",
      paramLabel = "TRIES",
      description = {
        "Tries in a row to reach a lost camera before giving up (default: no end).",
        "Waits double from 1 s up to 60 s, less a random part."
      })
  private Long retries;

  @Option(
      names = "--camera-timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "A camera is lost when it sends nothing for so long (default: ${DEFAULT-VALUE}).")
  private double timeout;

  @Option(names = "--camera-user", paramLabel = "NAME", description = "Name to log in with.")
  private String user;

  @Option(
      names = "--camera-password",
      paramLabel = "PASSWORD",
      description = "Password to log in with; better given as NIRVANA_CAMERA_PASSWORD.")
  private String password;

  /**
   * Opens the source and starts to read it.
   *
   * @param running whose end ends the frames
   * @param counts told of frames that are left out
   * @param err where lost cameras are told
   */
  FrameSource open(Running running, FrameCounts counts, PrintWriter err)
      throws IOException, InterruptedException {
    FrameShape wanted = shape.shape();
    try {
      CameraAddress address = CameraAddress.of(location, user, password);
      refuseNonsense(address);
      WhenFull full = whenFull(address);
      // Last, so that nothing is open when something is refused.
      FrameSource source = source(address, counts, err);
      if (fps != null) {
        source = new SampledFrames(source, fps);
      }
      return new ShapedFrames(
          BufferedFrames.start(source, queue, full, running::ends, counts), wanted, counts);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private FrameSource source(CameraAddress address, FrameCounts counts, PrintWriter err)
      throws IOException, InterruptedException {
    if (watch) {
      return WatchedFolder.open(Path.of(address.location()), LOOK);
    }
    Duration patience = Duration.ofMillis((long) (timeout * 1000));
    FrameSource.Opener opener = () -> Cameras.open(address, patience, counts);
    if (address.isLive()) {
      // At once, and not in the thread that reads: a wrong address is told as wrong usage.
      Cameras.check(address);
      return new ReconnectingFrames(
          opener,
          new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault()),
          retries == null ? Long.MAX_VALUE : retries,
          (reason, wait) -> {
            err.printf(
                Locale.ROOT,
                "nirvana ingest: %s is lost: %s; next try in %.1f s%n",
                address,
                Failures.message(reason),
                wait.toMillis() / 1000.0);
            Thread.sleep(wait.toMillis());
          });
    }
    return loop ? new RepeatedFrames(opener) : opener.open();
  }

  private WhenFull whenFull(CameraAddress address) {
    if (whenFull == null) {
      return address.isLive() ? WhenFull.DROP_OLDEST : WhenFull.BLOCK;
    }
    return switch (whenFull) {
      case "block" -> WhenFull.BLOCK;
      case "drop-oldest" -> WhenFull.DROP_OLDEST;
      default ->
          throw new UsageException("--when-full is " + whenFull + "; give block or drop-oldest");
    };
  }

  private void refuseNonsense(CameraAddress address) {
    if (fps != null && !(fps > 0)) {
      throw new UsageException("--fps is " + fps + "; give more than 0");
    }
    if (queue < 1) {
      throw new UsageException("--queue is " + queue + "; give at least 1");
    }
    if (retries != null && retries < 0) {
      throw new UsageException("--retries is " + retries + "; give 0 or more");
    }
    if (!(timeout > 0)) {
      throw new UsageException("--camera-timeout is " + timeout + "; give more than 0");
    }
    boolean timeless = !address.isLive() && !address.isVideoFile();
    if (fps != null && (timeless || watch)) {
      throw new UsageException("--fps thins a camera or a video; use --rate for image files");
    }
    if (watch && (loop || address.isLive())) {
      throw new UsageException("--watch waits in a folder; leave --loop and URLs out");
    }
    if (loop && address.isLive()) {
      throw new UsageException("a camera has no end to start again from; leave --loop out");
    }
  }
}
