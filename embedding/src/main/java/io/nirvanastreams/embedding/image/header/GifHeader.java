package io.nirvanastreams.embedding.image.header;

import java.io.EOFException;
import java.io.IOException;

/** The frames of a GIF file; the size is that of the first. Stateless. */
final class GifHeader {
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  private GifHeader() {}

  static ImageHeader read(byte[] encoded) throws IOException {
    ByteView file = new ByteView(encoded, true);
    int width = 0;
    int height = 0;
    int frames = 0;
    long at = 13L + colours(file.u8(10));
    try {
      while (file.u8(at) != TRAILER) {
        if (file.u8(at) == EXTENSION) {
          at = afterBlocks(file, at + 2);
        } else if (file.u8(at) == IMAGE) {
          if (frames == 0) {
            width = file.u16(at + 5);
            height = file.u16(at + 7);
          }
          at = afterBlocks(file, at + 10 + colours(file.u8(at + 9)) + 1);
          frames++;
        } else {
          break; // viewers take what follows the last frame for its end
        }
      }
    } catch (EOFException e) {
      if (frames == 0) {
        throw e; // one that breaks off later still has its first frame
      }
    }
    if (frames == 0) {
      throw new IOException("no frame");
    }
    return new ImageHeader(ImageFormat.GIF, width, height, frames, 0, Orientation.UPRIGHT);
  }

  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static long afterBlocks(ByteView file, long from) throws IOException {
    long at = from;
    for (int length = file.u8(at); length != 0; length = file.u8(at)) {
      at += 1 + length;
    }
    return at + 1;
  }
}
