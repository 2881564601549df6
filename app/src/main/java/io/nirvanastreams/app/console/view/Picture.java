package io.nirvanastreams.app.console.view;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An encoded image that a browser may be given. Immutable by agreement: nobody writes to the bytes.
 *
 * @param mediaType what the bytes are, read from their first bytes and not from what a producer
 *     claims
 * @param bytes the encoded image
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
public record Picture(String mediaType, byte[] bytes) {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  /**
   * The picture in these bytes; empty when they are no PNG or JPEG. The buffer's position stays.
   */
  public static Optional<Picture> of(ByteBuffer encoded) {
    if (encoded == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    if (startsWith(bytes, PNG)) {
      return Optional.of(new Picture("image/png", bytes));
    }
    if (startsWith(bytes, JPEG)) {
      return Optional.of(new Picture("image/jpeg", bytes));
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }
}
