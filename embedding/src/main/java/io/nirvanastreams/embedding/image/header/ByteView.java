package io.nirvanastreams.embedding.image.header;

import java.io.EOFException;
import java.io.IOException;

/** Numbers at places of a file, bounds checked. Immutable by convention. */
final class ByteView {
  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean littleEndian;

  ByteView(byte[] bytes, boolean littleEndian) {
    this(bytes, 0, bytes.length, littleEndian);
  }

  private ByteView(byte[] bytes, int from, int to, boolean littleEndian) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.littleEndian = littleEndian;
  }

  /** A part, whose places count from its start. */
  ByteView part(long start, long length, boolean otherLittleEndian) throws IOException {
    check(start, length);
    int first = from + (int) start;
    return new ByteView(bytes, first, first + (int) length, otherLittleEndian);
  }

  int length() {
    return to - from;
  }

  int u8(long at) throws IOException {
    check(at, 1);
    return bytes[from + (int) at] & 0xFF;
  }

  int u16(long at) throws IOException {
    int first = u8(at);
    int second = u8(at + 1);
    return littleEndian ? first | second << 8 : first << 8 | second;
  }

  int u24(long at) throws IOException {
    int low = u16(littleEndian ? at : at + 1);
    return low | u8(littleEndian ? at + 2 : at) << 16;
  }

  long u32(long at) throws IOException {
    long first = u16(at);
    long second = u16(at + 2);
    return littleEndian ? first | second << 16 : first << 16 | second;
  }

  /** A number that has to be a size of an image. */
  int size(long at) throws IOException {
    long value = u32(at);
    if (value > Integer.MAX_VALUE) {
      throw new IOException("a side of " + value + " pixels");
    }
    return (int) value;
  }

  boolean hasText(long at, String text) {
    if (at < 0 || at + text.length() > length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + (int) at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** That a part lies inside. */
  void check(long at, long length) throws IOException {
    if (at < 0 || length < 0 || at + length > length()) {
      throw new EOFException("it breaks off");
    }
  }
}
