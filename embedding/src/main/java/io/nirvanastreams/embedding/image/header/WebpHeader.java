package io.nirvanastreams.embedding.image.header;

import java.io.IOException;

/**
 * The chunks of a WebP file. The file must be whole: the decoder fills up what is missing of a
 * picture without a word.
 */
final class WebpHeader {
  private static final int FIRST_CHUNK = 12;
  private static final int BEFORE_FRAME_DATA = 16;

  private final ByteView file;
  private int width;
  private int height;
  private int frames;
  private boolean picture;
  private Orientation orientation = Orientation.UPRIGHT;

  private WebpHeader(byte[] encoded) {
    file = new ByteView(encoded, true);
  }

  static ImageHeader read(byte[] encoded) throws IOException {
    return new WebpHeader(encoded).walk();
  }

  private ImageHeader walk() throws IOException {
    file.check(8, file.u32(4)); // an orientation may stand behind the picture
    for (long at = FIRST_CHUNK; at + 8 <= file.length(); ) {
      long length = file.u32(at + 4);
      file.check(at + 8, length);
      chunk(at, length);
      at += 8 + length + (length & 1);
    }
    if (!picture) {
      throw new IOException("no picture");
    }
    return new ImageHeader(ImageFormat.WEBP, width, height, Math.max(1, frames), 0, orientation);
  }

  private void chunk(long at, long length) throws IOException {
    long data = at + 8;
    if (file.hasText(at, "VP8X")) {
      size(file.u24(data + 4) + 1, file.u24(data + 7) + 1);
    } else if (file.hasText(at, "ANMF")) {
      if (frames++ == 0) {
        size(file.u24(data + 6) + 1, file.u24(data + 9) + 1);
        frame(data + BEFORE_FRAME_DATA, data + length);
      }
    } else if (file.hasText(at, "EXIF")) {
      orientation = ExifOrientation.of(file.part(data, length, false));
    } else if (!picture) {
      picture(at);
    }
  }

  private void frame(long from, long to) throws IOException {
    for (long at = from; at + 8 <= to && !picture; ) {
      long length = file.u32(at + 4);
      if (at + 8 + length > to) {
        throw new IOException("a frame that breaks off");
      }
      picture(at);
      at += 8 + length + (length & 1);
    }
  }

  private void picture(long at) throws IOException {
    long data = at + 8;
    if (file.hasText(at, "VP8 ")) {
      size(file.u16(data + 6) & 0x3FFF, file.u16(data + 8) & 0x3FFF);
      picture = true;
    } else if (file.hasText(at, "VP8L")) {
      long bits = file.u32(data + 1);
      size((int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1);
      picture = true;
    }
  }

  /** Canvas, frame and picture each name a size; a picture must lie inside what is around it. */
  private void size(int columns, int rows) throws IOException {
    if (width == 0) {
      width = columns;
      height = rows;
    } else if (columns > width || rows > height) {
      throw new IOException("a picture larger than its canvas");
    }
  }
}
