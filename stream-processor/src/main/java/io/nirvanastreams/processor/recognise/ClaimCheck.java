package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.schemas.ImageReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Fetches images that events give by reference, from below one folder and from nowhere else. Safe
 * for any thread.
 */
final class ClaimCheck {
  private final Path root;
  private final long maxBytes;

  /**
   * References below this folder; null allows none.
   *
   * @param maxBytes largest file that is read
   */
  ClaimCheck(Path root, long maxBytes) {
    this.root = root;
    this.maxBytes = maxBytes;
  }

  /**
   * The referenced bytes, whole: size and hash are those of the reference.
   *
   * @throws UndecodableImageException when they cannot be had
   */
  byte[] fetch(ImageReference reference) throws UndecodableImageException {
    if (root == null) {
      throw new UndecodableImageException(
          "given by reference, and no folder for referenced images is configured");
    }
    if (reference.getSize() < 1 || reference.getSize() > maxBytes) {
      throw new UndecodableImageException(
          "the reference says " + reference.getSize() + " bytes, allowed are 1 to " + maxBytes);
    }
    byte[] bytes;
    try {
      Path file = locate(reference.getUri());
      if (Files.size(file) != reference.getSize()) {
        throw new UndecodableImageException("the referenced file has another size");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UndecodableImageException("the referenced file cannot be read", e);
    }
    if (!sha256(bytes).equals(reference.getSha256().toLowerCase(Locale.ROOT))) {
      throw new UndecodableImageException("the referenced file has another SHA-256");
    }
    return bytes;
  }

  private Path locate(String uri) throws UndecodableImageException, IOException {
    Path file;
    try {
      URI parsed = URI.create(uri);
      if (!"file".equals(parsed.getScheme())) {
        throw new UndecodableImageException("only file: references are supported");
      }
      file = parsed.isOpaque() ? root.resolve(parsed.getSchemeSpecificPart()) : Path.of(parsed);
    } catch (IllegalArgumentException e) {
      throw new UndecodableImageException("the reference is no file: URI", e);
    }
    // Links are followed before the check, or one could lead out of the folder.
    Path real = file.toRealPath();
    if (!real.startsWith(root.toRealPath())) {
      throw new UndecodableImageException("the reference leaves the configured folder");
    }
    return real;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
