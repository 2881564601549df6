package io.nirvanastreams.video;

import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import io.nirvanastreams.camera.CameraAddress;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The frames of the best video stream of a file or a camera, with their numbers and times. Damaged
 * ones are left out and counted. Holds native memory until closed.
 */
public final class VideoFrames implements FrameSource {
  private static final String NETWORK = "tcp,tls,udp,rtp,srtp,rtsp,rtsps,rtmp,srt";

  private final CameraAddress address;
  private final FrameCounts counts;
  private final Clock clock;
  private final Deadline deadline;
  private final AVFormatContext format;
  private final PixelConverter converter = new PixelConverter();
  private VideoDecoder decoder;
  private int stream;
  private double secondsPerTick;
  private long firstTick = AV_NOPTS_VALUE;
  private long number;
  private boolean drained;
  private boolean freed;

  private VideoFrames(CameraAddress address, FrameCounts counts, Clock clock, Deadline deadline) {
    this.address = address;
    this.counts = counts;
    this.clock = clock;
    this.deadline = deadline;
    this.format = avformat_alloc_context();
    deadline.guard(format);
  }

  /**
   * Opens a file or a camera; RTSP runs over TCP, where no part of a frame is lost.
   *
   * @param patience the longest wait for the camera, and for each packet
   * @param counts told of damaged frames
   * @param clock gives the time of capture of a camera's frames
   * @throws IOException when it cannot be opened, or holds no video
   * @throws IllegalArgumentException when FFmpeg cannot decode it
   */
  public static VideoFrames open(
      CameraAddress address, Duration patience, FrameCounts counts, Clock clock)
      throws IOException {
    av_log_set_level(AV_LOG_FATAL);
    avformat_network_init();
    VideoFrames frames = new VideoFrames(address, counts, clock, new Deadline(patience));
    try {
      frames.connect(patience);
      return frames;
    } catch (IOException | RuntimeException e) {
      frames.close();
      throw e;
    }
  }

  @Override
  public synchronized Optional<Frame> next() throws IOException, InterruptedException {
    while (!freed) {
      if (Thread.interrupted()) {
        throw new InterruptedException("asked to end while a video was read");
      }
      AVFrame frame = decoder.receive();
      if (frame != null) {
        return Optional.of(frame(frame));
      }
      if (drained) {
        return Optional.empty();
      }
      read();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    deadline.end(); // before the lock: a read that waits holds it
    synchronized (this) {
      if (freed) {
        return;
      }
      freed = true;
      if (decoder != null) {
        decoder.close();
      }
      converter.close();
      avformat_close_input(format);
      deadline.close();
    }
  }

  private void connect(Duration patience) throws IOException {
    AVDictionary options = new AVDictionary(null);
    try {
      // A file or a camera may name further places to read from; these do not go everywhere.
      av_dict_set(options, "protocol_whitelist", address.isLive() ? NETWORK : "file", 0);
      if (address.scheme().orElse("").startsWith("rtsp")) {
        av_dict_set(options, "rtsp_transport", "tcp", 0);
        av_dict_set(options, "timeout", Long.toString(patience.toNanos() / 1000), 0);
      }
      int code = avformat_open_input(format, url(), (AVInputFormat) null, options);
      if (code < 0) {
        throw new IOException("cannot open " + address + ": " + reason(code));
      }
    } finally {
      av_dict_free(options);
    }
    deadline.renew();
    FFmpegErrors.check(
        avformat_find_stream_info(format, (AVDictionary) null), "cannot read " + address);
    stream =
        FFmpegErrors.check(
            av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0),
            "no video in " + address);
    AVStream video = format.streams(stream);
    secondsPerTick = (double) video.time_base().num() / video.time_base().den();
    decoder = new VideoDecoder(video.codecpar());
  }

  private String url() {
    if (address.user() == null) {
      return address.location();
    }
    String login =
        encoded(address.user())
            + (address.password() == null ? "" : ":" + encoded(address.password()));
    return address.location().replaceFirst("://", "://" + login.replace("$", "\\$") + "@");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void read() throws IOException {
    deadline.renew();
    int code = av_read_frame(format, decoder.packet());
    if (code == AVERROR_EOF()) {
      drained = true;
      decoder.sendEnd();
    } else if (code < 0) {
      throw new IOException("cannot read " + address + ": " + reason(code));
    } else if (decoder.packet().stream_index() != stream) {
      decoder.skip();
    } else if (!decoder.send()) {
      counts.broken("a packet of the video is damaged");
    }
  }

  private String reason(int code) {
    return deadline.isOver() ? "it sent nothing for too long" : FFmpegErrors.text(code);
  }

  private Frame frame(AVFrame frame) throws IOException {
    number++;
    Map<String, String> attributes = new HashMap<>();
    attributes.put("frame", Long.toString(number));
    if (!address.isLive()) {
      attributes.put("file", Path.of(address.location()).getFileName().toString());
    }
    Duration position = null;
    long tick = frame.best_effort_timestamp();
    if (tick != AV_NOPTS_VALUE) {
      if (firstTick == AV_NOPTS_VALUE) {
        firstTick = tick;
      }
      double seconds = (tick - firstTick) * secondsPerTick;
      position = Duration.ofNanos(Math.round(seconds * 1e9));
      attributes.put("pts", String.format(Locale.ROOT, "%.3f", seconds));
    }
    return new Frame(
        "frame " + number,
        converter.rgb(frame),
        position,
        address.isLive() ? clock.instant() : null,
        attributes);
  }
}
