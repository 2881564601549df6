package io.nirvanastreams.embedding.image.header;

import java.io.IOException;

/** The header of a PNG file, and the chunks that tell of frames and orientation. Stateless. */
final class PngHeader {
  private static final int SIGNATURE = 8;
  private static final int AROUND_A_CHUNK = 12;

  private PngHeader() {}

  static ImageHeader read(byte[] encoded) throws IOException {
    ByteView file = new ByteView(encoded, false);
    if (!file.hasText(SIGNATURE + 4, "IHDR")) {
      throw new IOException("the size is missing");
    }
    int width = file.size(SIGNATURE + 8);
    int height = file.size(SIGNATURE + 12);
    int frames = 1;
    Orientation orientation = Orientation.UPRIGHT;
    // What breaks off after the size is the decoder's to find out.
    for (long at = SIGNATURE; at + AROUND_A_CHUNK <= file.length(); ) {
      long length = file.u32(at);
      if (at + AROUND_A_CHUNK + length > file.length()) {
        break;
      }
      if (file.hasText(at + 4, "acTL") && length >= 4) {
        frames = file.size(at + 8);
      } else if (file.hasText(at + 4, "eXIf")) {
        orientation = ExifOrientation.of(file.part(at + 8, length, false));
      }
      at += AROUND_A_CHUNK + length;
    }
    return new ImageHeader(ImageFormat.PNG, width, height, frames, 0, orientation);
  }
}
