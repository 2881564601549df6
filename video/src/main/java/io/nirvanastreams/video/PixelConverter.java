package io.nirvanastreams.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.nirvanastreams.camera.frame.Picture;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Turns frames of any pixel format into RGB of 8 bits. Holds native memory; for one thread. */
final class PixelConverter implements AutoCloseable {
  private SwsContext context;

  /**
   * The pixels of a frame, at its own size.
   *
   * @throws IOException when FFmpeg cannot convert its format
   * @throws IllegalArgumentException when it is larger than 4096 pixels in a side
   */
  Picture.Raw rgb(AVFrame frame) throws IOException {
    int width = frame.width();
    int height = frame.height();
    InputShape shape = new InputShape(3, height, width);
    context =
        sws_getCachedContext(
            context,
            width,
            height,
            frame.format(),
            width,
            height,
            AV_PIX_FMT_RGB24,
            SWS_BILINEAR,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    if (context == null) {
      throw new IOException("FFmpeg cannot convert pixel format " + frame.format() + " to RGB");
    }
    byte[] pixels = new byte[shape.size()];
    // The last row is written in whole vectors, which may reach over its end; four planes are
    // looked
    // at, whatever the format has.
    try (BytePointer target = new BytePointer(shape.size() + 64L);
        PointerPointer<BytePointer> planes = new PointerPointer<>(target, null, null, null);
        IntPointer strides = new IntPointer(3 * width, 0, 0, 0)) {
      int rows = sws_scale(context, frame.data(), frame.linesize(), 0, height, planes, strides);
      FFmpegErrors.check(rows, "cannot convert pixels");
      target.get(pixels);
    }
    return new Picture.Raw(pixels, shape);
  }

  @Override
  public void close() {
    if (context != null) {
      sws_freeContext(context);
      context = null;
    }
  }
}
