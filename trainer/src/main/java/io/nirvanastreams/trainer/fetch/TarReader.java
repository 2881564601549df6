package io.nirvanastreams.trainer.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a tar stream: files and folders in the format of POSIX.1-1988 (ustar), which data sets use.
 * Links, devices and names that need an extension are refused. One thread.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int PREFIX = 345;

  private final InputStream in;
  private long left;
  private int padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * A file or a folder.
   *
   * @param name with slashes
   * @param isFolder whether it is a folder
   */
  record Entry(String name, boolean isFolder) {}

  /** The next entry, passing over what is left of the last one; null at the end. */
  Entry next() throws IOException {
    while (true) {
      in.skipNBytes(left + padding);
      left = 0;
      padding = 0;
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK) {
        throw new EOFException("the archive ends without an end mark");
      }
      if (isZero(header)) {
        return null;
      }
      check(header);
      left = octal(header, 124, 12);
      padding = (int) (-left & (BLOCK - 1));
      String prefix = text(header, PREFIX, 155);
      String name = text(header, 0, 100);
      char type = (char) header[TYPE];
      switch (type) {
        case 0, '0', '5' -> {
          String whole = isUstar(header) && !prefix.isEmpty() ? prefix + "/" + name : name;
          return new Entry(whole, type == '5' || name.endsWith("/"));
        }
        case 'x', 'g' -> refuseNames();
        default -> throw new FetchFailedException(name + " is neither a file nor a folder");
      }
    }
  }

  /** The bytes of the entry that {@link #next} gave. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int count = in.read(bytes, start, (int) Math.min(left, length));
        if (count < 0) {
          throw new EOFException("the archive ends in a file");
        }
        left -= count;
        return count;
      }
    };
  }

  /** Extended headers of times and owners do no harm; a name in one would be lost. */
  private void refuseNames() throws IOException {
    if (left > BLOCK * 16) {
      throw new FetchFailedException("it has an extended header of " + left + " bytes");
    }
    String records = new String(in.readNBytes((int) left), StandardCharsets.UTF_8);
    left = 0;
    if (records.contains(" path=")
        || records.contains(" linkpath=")
        || records.contains(" size=")) {
      throw new FetchFailedException("it has names or sizes in extended headers");
    }
  }

  private static void check(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : header[i] & 0xff;
    }
    if (sum != octal(header, CHECKSUM, 8)) {
      throw noTar();
    }
  }

  private static FetchFailedException noTar() {
    return new FetchFailedException("it is no tar archive, or a damaged one");
  }

  private static boolean isUstar(byte[] header) {
    return text(header, 257, 6).startsWith("ustar");
  }

  private static boolean isZero(byte[] header) {
    for (byte value : header) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static long octal(byte[] header, int start, int length) throws IOException {
    String digits = text(header, start, length).trim();
    if (!digits.matches("[0-7]{1,12}")) {
      throw noTar();
    }
    return Long.parseLong(digits, 8);
  }

  private static String text(byte[] header, int start, int length) {
    int end = start;
    while (end < start + length && header[end] != 0) {
      end++;
    }
    return new String(header, start, end - start, StandardCharsets.UTF_8);
  }
}
