package io.nirvanastreams.trainer.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The next so many bytes of another stream, which it does not close. One thread. */
final class BoundedStream extends InputStream {
  private final InputStream in;
  private long left;

  BoundedStream(InputStream in, long bytes) {
    this.in = in;
    this.left = bytes;
  }

  /** Bytes that are to come. */
  long left() {
    return left;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads within the bound.
   *
   * @throws EOFException when the other stream ends before the bound
   */
  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int count = in.read(bytes, start, (int) Math.min(left, length));
    if (count < 0) {
      throw new EOFException();
    }
    left -= count;
    return count;
  }

  /** Passes over what is left. */
  void skipRest() throws IOException {
    in.skipNBytes(left);
    left = 0;
  }
}
