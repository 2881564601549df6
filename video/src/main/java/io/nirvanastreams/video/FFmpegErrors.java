package io.nirvanastreams.video;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;

/** FFmpeg's return codes as exceptions. Stateless. */
final class FFmpegErrors {
  private FFmpegErrors() {}

  /**
   * Passes a code on that is no error.
   *
   * @throws IOException for a negative one
   */
  static int check(int code, String what) throws IOException {
    if (code < 0) {
      throw new IOException(what + ": " + text(code));
    }
    return code;
  }

  static String text(int code) {
    try (BytePointer buffer = new BytePointer(256)) {
      av_strerror(code, buffer, 256);
      String text = buffer.getString(StandardCharsets.UTF_8);
      int end = text.indexOf('\0');
      return end < 0 ? text : text.substring(0, end);
    }
  }
}
