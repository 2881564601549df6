package io.nirvanastreams.embedding.image.header;

import java.io.IOException;

/** One directory of a TIFF file: tags with values. Nothing is copied. */
final class TiffDirectory {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int STRIP_OFFSETS = 273;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int STRIP_LENGTHS = 279;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_LENGTHS = 325;

  private static final int ORIENTATION = 274;
  private static final int ENTRY = 12;
  private static final int[] TYPE_SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
  private static final int SHORT = 3;

  private final ByteView file;
  private final long start;
  private final int entries;

  private TiffDirectory(ByteView file, long start, int entries) {
    this.file = file;
    this.start = start;
    this.entries = entries;
  }

  static TiffDirectory at(ByteView file, long offset) throws IOException {
    int entries = file.u16(offset);
    file.check(offset + 2, (long) entries * ENTRY);
    return new TiffDirectory(file, offset + 2, entries);
  }

  /** Place of the next directory; 0 when this is the last. */
  long next() throws IOException {
    long at = start + (long) entries * ENTRY;
    return at + 4 > file.length() ? 0 : file.u32(at);
  }

  /** That the values of every tag lie in the file: a reader makes arrays of what they claim. */
  void checkExtents() throws IOException {
    for (int i = 0; i < entries; i++) {
      values(start + (long) i * ENTRY);
    }
  }

  /** How many values a tag has; 0 when it is missing. */
  long count(int tag) throws IOException {
    long entry = find(tag);
    return entry < 0 ? 0 : file.u32(entry + 4);
  }

  /** A value of a tag, or another one when the tag is missing. */
  long value(int tag, long index, long otherwise) throws IOException {
    long entry = find(tag);
    if (entry < 0 || index >= file.u32(entry + 4)) {
      return otherwise;
    }
    long first = values(entry);
    return switch (size(entry)) {
      case 1 -> file.u8(first + index);
      case 2 -> file.u16(first + 2 * index);
      case 4 -> file.u32(first + 4 * index);
      default -> throw new IOException("tag " + tag + " is no whole number");
    };
  }

  Orientation orientation() throws IOException {
    long entry = find(ORIENTATION);
    boolean one = entry >= 0 && file.u16(entry + 2) == SHORT;
    return one ? Orientation.ofTag(file.u16(entry + 8)) : Orientation.UPRIGHT;
  }

  private long values(long entry) throws IOException {
    long length = size(entry) * file.u32(entry + 4);
    long first = length <= 4 ? entry + 8 : file.u32(entry + 8);
    file.check(first, length);
    return first;
  }

  private int size(long entry) throws IOException {
    int type = file.u16(entry + 2);
    return type < TYPE_SIZES.length ? TYPE_SIZES[type] : 1;
  }

  private long find(int tag) throws IOException {
    for (int i = 0; i < entries; i++) {
      if (file.u16(start + (long) i * ENTRY) == tag) {
        return start + (long) i * ENTRY;
      }
    }
    return -1;
  }
}
