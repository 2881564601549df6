package io.nirvanastreams.embedding.image.header;

import java.io.IOException;

/** Finds the orientation in an EXIF block, which is a small TIFF file. Stateless. */
final class ExifOrientation {
  private static final String INTRODUCTION = "Exif\0\0";

  private ExifOrientation() {}

  /**
   * The orientation that a block says; upright when it says none or is damaged, as viewers take it.
   *
   * @param block with or without the introduction that JPEG puts before it
   */
  static Orientation of(ByteView block) {
    try {
      int start = block.hasText(0, INTRODUCTION) ? INTRODUCTION.length() : 0;
      ByteView tiff = block.part(start, block.length() - (long) start, block.hasText(start, "II"));
      if (!block.hasText(start, "II") && !block.hasText(start, "MM")) {
        return Orientation.UPRIGHT;
      }
      return TiffDirectory.at(tiff, tiff.u32(4)).orientation();
    } catch (IOException e) {
      return Orientation.UPRIGHT;
    }
  }
}
