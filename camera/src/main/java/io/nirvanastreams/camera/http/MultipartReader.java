package io.nirvanastreams.camera.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Cuts a {@code multipart/x-mixed-replace} stream into its parts (RFC 2046, section 5.1). Cameras
 * take liberties with it, so the boundary alone decides where a part ends: lengths are believed
 * only where a JPEG ends there too, and dashes before the boundary are not counted. For one thread.
 */
final class MultipartReader {
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final byte[] END_OF_JPEG = {(byte) 0xFF, (byte) 0xD9};

  private final InputStream in;
  private final byte[] delimiter;
  private final int largestPart;
  private boolean atDelimiter;

  /**
   * A reader.
   *
   * @param boundary as the content type names it
   * @param largestPart bytes of a part and of what lies between parts
   */
  MultipartReader(InputStream in, String boundary, int largestPart) {
    this.in = new BufferedInputStream(in, 64 * 1024);
    // Some name the boundary with the dashes that belong before it, some write more of them.
    String name = boundary.replaceFirst("^-+", "");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a boundary is empty");
    }
    this.delimiter = ("--" + name).getBytes(StandardCharsets.ISO_8859_1);
    this.largestPart = largestPart;
  }

  /**
   * The content of the next part.
   *
   * @return empty when the stream ended between two parts
   * @throws EOFException when it ended within one
   * @throws IOException when it cannot be read, or a part is larger than allowed
   */
  Optional<byte[]> next() throws IOException {
    if (!atDelimiter && upToDelimiter(-1) == null) {
      return Optional.empty();
    }
    atDelimiter = false;
    String rest = line();
    if (rest == null || rest.startsWith("--")) {
      return Optional.empty();
    }
    OptionalInt length = contentLength();
    if (length.isEmpty()) {
      return Optional.empty();
    }
    byte[] body = upToDelimiter(length.getAsInt());
    if (body == null) {
      throw new EOFException("the stream ended within an image");
    }
    return Optional.of(body);
  }

  /** The declared length, -1 for none; empty when the stream ends instead of a part. */
  private OptionalInt contentLength() throws IOException {
    int length = -1;
    int read = 0;
    while (true) {
      String line = line();
      if (line == null && read == 0) {
        return OptionalInt.empty();
      } else if (line == null) {
        throw new EOFException("the stream ended within the headers of an image");
      }
      if (line.isEmpty()) {
        return OptionalInt.of(length);
      }
      read += line.length();
      if (read > LONGEST_HEADERS) {
        throw new IOException("the headers of an image have no end");
      }
      int colon = line.indexOf(':');
      if (colon > 0
          && line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals("content-length")) {
        length = number(line.substring(colon + 1).strip());
      }
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return line.length() == 0 ? null : line.toString();
      }
      if (line.length() > LONGEST_HEADERS) {
        throw new IOException("the headers of an image have no end");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  /** What comes before the next delimiter or, if sooner, the declared end; null at the end. */
  private byte[] upToDelimiter(int declared) throws IOException {
    Body body = new Body();
    for (int c = in.read(); c >= 0; c = in.read()) {
      body.write(c);
      if (c == (delimiter[delimiter.length - 1] & 0xFF) && body.endsWith(delimiter)) {
        atDelimiter = true;
        return body.withoutLineBefore(delimiter.length);
      }
      if (body.size() == declared && body.endsWith(END_OF_JPEG)) {
        return body.toByteArray();
      }
      if (body.size() > largestPart) {
        throw new IOException("an image is larger than " + largestPart + " bytes, or has no end");
      }
    }
    return declared >= 0 && body.size() >= declared
        ? Arrays.copyOf(body.toByteArray(), declared)
        : null;
  }

  private static final class Body extends ByteArrayOutputStream {
    Body() {
      super(64 * 1024);
    }

    boolean endsWith(byte[] end) {
      return count >= end.length
          && Arrays.equals(buf, count - end.length, count, end, 0, end.length);
    }

    byte[] withoutLineBefore(int delimiterLength) {
      int end = count - delimiterLength;
      while (end > 0 && buf[end - 1] == '-') {
        end--;
      }
      if (end > 0 && buf[end - 1] == '\n') {
        end--;
      }
      if (end > 0 && buf[end - 1] == '\r') {
        end--;
      }
      return Arrays.copyOf(buf, end);
    }
  }
}
