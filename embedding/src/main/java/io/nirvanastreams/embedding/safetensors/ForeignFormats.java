package io.nirvanastreams.embedding.safetensors;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Knows weight files of other kinds by their first bytes. Only safetensors is ever loaded: the
 * others can hold code that runs when they are read. Stateless.
 */
public final class ForeignFormats {
  private static final int FIRST_BYTES = 4 << 10;

  private ForeignFormats() {}

  /** What a file is that is known not to be safetensors; empty for safetensors and the unknown. */
  public static Optional<String> name(byte[] file) {
    if (startsWith(file, 'P', 'K', 3, 4) || startsWith(file, 'P', 'K', 5, 6)) {
      // The names of a zip's files stand in it as they are, and its list of files is at the end.
      if (contains(file, "constants.pkl") || contains(file, "/code/")) {
        return Optional.of("a TorchScript archive");
      }
      return Optional.of(
          contains(file, "data.pkl") ? "a zip of pickles (.pt, .pth)" : "a zip archive");
    }
    if (file.length > 1 && (file[0] & 0xff) == 0x80 && file[1] >= 2 && file[1] <= 5) {
      return Optional.of("a Python pickle (.pkl, or .pt of an old PyTorch)");
    }
    if (startsWith(file, 0x89, 'H', 'D', 'F')) {
      return Optional.of("an HDF5 file (.h5)");
    }
    if (startsWith(file, 'G', 'G', 'U', 'F')) {
      return Optional.of("a GGUF file");
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] file, int... start) {
    if (file.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((file[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(byte[] file, String name) {
    int first = Math.min(file.length, FIRST_BYTES);
    int last = Math.max(first, file.length - 16 * FIRST_BYTES);
    return text(file, 0, first).contains(name) || text(file, last, file.length).contains(name);
  }

  private static String text(byte[] file, int from, int to) {
    return new String(file, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
