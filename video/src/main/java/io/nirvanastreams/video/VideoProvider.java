package io.nirvanastreams.video;

import io.nirvanastreams.camera.CameraAddress;
import io.nirvanastreams.camera.FrameSourceProvider;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Opens video files, and RTSP, RTMP and SRT addresses. Stateless; safe from any thread. */
public final class VideoProvider implements FrameSourceProvider {
  /** Protocols of cameras; none that reads files or runs programs. */
  private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps", "rtmp", "srt");

  @Override
  public boolean accepts(CameraAddress address) {
    return address.scheme().map(SCHEMES::contains).orElseGet(address::isVideoFile);
  }

  @Override
  public FrameSource open(CameraAddress address, Duration patience, FrameCounts counts)
      throws IOException {
    if (!address.isLive() && !Files.isRegularFile(Path.of(address.location()))) {
      throw new IllegalArgumentException("there is no file " + address + "; check the path");
    }
    return VideoFrames.open(address, patience, counts, Clock.systemUTC());
  }
}
