package io.nirvanastreams.embedding.image.header;

import java.io.IOException;

/** The header of a bitmap. Stateless. */
final class BmpHeader {
  private static final int OLD_HEADER = 12;
  private static final int HEADER_WITH_PROFILE = 124;
  private static final int LAST_OWN_COMPRESSION = 3;

  private BmpHeader() {}

  static ImageHeader read(byte[] encoded) throws IOException {
    ByteView file = new ByteView(encoded, true);
    // The reader takes the colours between header and pixels into memory as these places say.
    file.check(file.u32(10), 0);
    long header = file.u32(14);
    if (header == OLD_HEADER) {
      return ImageHeader.still(ImageFormat.BMP, file.u16(18), file.u16(20));
    }
    if (file.u32(30) > LAST_OWN_COMPRESSION) {
      throw new IOException("a compression that is not supported");
    }
    if (header >= HEADER_WITH_PROFILE) {
      file.check(file.u32(126), file.u32(130));
    }
    int height = (int) file.u32(22); // negative when the first row is the upper one
    if (height == Integer.MIN_VALUE) {
      throw new IOException("a height of " + height);
    }
    return ImageHeader.still(ImageFormat.BMP, file.size(18), Math.abs(height));
  }
}
