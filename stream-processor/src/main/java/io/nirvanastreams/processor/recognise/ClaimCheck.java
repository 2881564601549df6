package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import io.nirvanastreams.processor.reference.ImageRoots;
import io.nirvanastreams.schemas.ImageReference;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Fetches images that events give by reference, from below the configured roots and from nowhere
 * else. Safe for any thread.
 */
final class ClaimCheck {
  private final ImageRoots roots;
  private final int maxBytes;

  /**
   * References below these roots.
   *
   * @param maxBytes most bytes that are read
   */
  ClaimCheck(ImageRoots roots, int maxBytes) {
    this.roots = roots;
    this.maxBytes = maxBytes;
  }

  /**
   * The referenced bytes, whole: size and hash are those of the reference.
   *
   * @throws UndecodableImageException when they cannot be had
   * @throws InferenceUnavailableException when the storage does not answer, which says nothing
   *     about the image
   */
  byte[] fetch(ImageReference reference) throws UndecodableImageException {
    if (roots.isEmpty()) {
      throw new UndecodableImageException(
          "given by reference, and no root for referenced images is configured");
    }
    if (reference.getSize() < 1 || reference.getSize() > maxBytes) {
      throw new UndecodableImageException(
          "the reference says " + reference.getSize() + " bytes, allowed are 1 to " + maxBytes);
    }
    byte[] bytes;
    try {
      bytes = roots.read(reference.getUri(), (int) reference.getSize());
    } catch (IOException e) {
      throw new InferenceUnavailableException("a referenced image cannot be read now", e);
    }
    if (!sha256(bytes).equals(reference.getSha256().toLowerCase(Locale.ROOT))) {
      throw new UndecodableImageException("the referenced image has another SHA-256");
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
