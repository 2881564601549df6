package io.nirvanastreams.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Turns the packets of one video stream into frames. Holds native memory; for one thread. */
final class VideoDecoder implements AutoCloseable {
  private final AVCodecContext codec;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();

  VideoDecoder(AVCodecParameters parameters) throws IOException {
    AVCodec decoder = avcodec_find_decoder(parameters.codec_id());
    if (decoder == null) {
      throw new IllegalArgumentException("FFmpeg has no decoder for this video");
    }
    codec = avcodec_alloc_context3(decoder);
    FFmpegErrors.check(avcodec_parameters_to_context(codec, parameters), "cannot decode");
    FFmpegErrors.check(avcodec_open2(codec, decoder, (AVDictionary) null), "cannot decode");
  }

  /** Where the next packet is read into. */
  AVPacket packet() {
    return packet;
  }

  /** Takes the packet in and lets go of it; false when it is damaged. */
  boolean send() {
    int code = avcodec_send_packet(codec, packet);
    av_packet_unref(packet);
    return code >= 0;
  }

  /** Lets go of the packet. */
  void skip() {
    av_packet_unref(packet);
  }

  /** There will be no more packets. */
  void sendEnd() {
    avcodec_send_packet(codec, null);
  }

  /** The next frame, valid until the next call; null when another packet is needed first. */
  AVFrame receive() throws IOException {
    int code = avcodec_receive_frame(codec, frame);
    if (code == AVERROR_EAGAIN() || code == AVERROR_EOF()) {
      return null;
    }
    FFmpegErrors.check(code, "cannot decode");
    return frame;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(codec);
  }
}
