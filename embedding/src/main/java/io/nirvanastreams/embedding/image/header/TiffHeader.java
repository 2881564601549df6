package io.nirvanastreams.embedding.image.header;

import java.io.IOException;

/** The header of a TIFF file: its first directory, and how many follow. Stateless. */
final class TiffHeader {
  private static final int MOST_DIRECTORIES = 1 << 16;
  private static final int MOST_SAMPLES = 8;
  private static final int MOST_BITS = 64;

  private TiffHeader() {}

  static ImageHeader read(byte[] encoded) throws IOException {
    ByteView file = new ByteView(encoded, encoded[0] == 'I');
    TiffDirectory first = TiffDirectory.at(file, file.u32(4));
    int frames = 1;
    // Directories may form a ring; the count ends it.
    for (long next = first.next(); next != 0 && frames < MOST_DIRECTORIES; frames++) {
      TiffDirectory directory = TiffDirectory.at(file, next);
      directory.checkExtents();
      next = directory.next();
    }
    first.checkExtents();
    checkPixels(file, first);
    return new ImageHeader(
        ImageFormat.TIFF,
        side(first, TiffDirectory.WIDTH),
        side(first, TiffDirectory.HEIGHT),
        frames,
        0,
        first.orientation());
  }

  /** Readers make their buffers as these tags say. */
  private static void checkPixels(ByteView file, TiffDirectory first) throws IOException {
    long samples = first.value(TiffDirectory.SAMPLES_PER_PIXEL, 0, 1);
    long bits = 1;
    for (long i = 0; i < first.count(TiffDirectory.BITS_PER_SAMPLE); i++) {
      bits = Math.max(bits, first.value(TiffDirectory.BITS_PER_SAMPLE, i, 1));
    }
    if (samples > MOST_SAMPLES || bits > MOST_BITS) {
      throw new IOException(samples + " samples of " + bits + " bits");
    }
    checkParts(file, first, TiffDirectory.STRIP_OFFSETS, TiffDirectory.STRIP_LENGTHS);
    checkParts(file, first, TiffDirectory.TILE_OFFSETS, TiffDirectory.TILE_LENGTHS);
    long tile = 1L * side(first, TiffDirectory.TILE_WIDTH) * side(first, TiffDirectory.TILE_HEIGHT);
    long image = 1L * side(first, TiffDirectory.WIDTH) * side(first, TiffDirectory.HEIGHT);
    if (tile > Math.max(4 * image, 1 << 20)) {
      throw new IOException("its tiles are larger than the image");
    }
  }

  private static void checkParts(ByteView file, TiffDirectory first, int offsets, int lengths)
      throws IOException {
    for (long i = 0; i < first.count(offsets); i++) {
      file.check(first.value(offsets, i, 0), first.value(lengths, i, 0));
    }
  }

  private static int side(TiffDirectory directory, int tag) throws IOException {
    long value = directory.value(tag, 0, 0);
    if (value > Integer.MAX_VALUE) {
      throw new IOException("a side of " + value + " pixels");
    }
    return (int) value;
  }
}
