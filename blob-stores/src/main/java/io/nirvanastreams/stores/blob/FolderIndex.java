package io.nirvanastreams.stores.blob;

import io.nirvanastreams.embedding.model.AtomicFolders;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Which files a stored folder has, with size and SHA-256 of each. Written after the files, so that
 * a folder without its index does not exist. As text: a first line that names the format, then
 * {@code SHA-256 SIZE NAME} for each file, by name.
 *
 * @param entries the files, by name
 */
record FolderIndex(List<Entry> entries) {
  /** Longest text of an index. */
  static final int LARGEST = 64 * 1024;

  private static final String FORMAT = "nirvana-blob 1";
  private static final int MOST_FILES = 64;

  FolderIndex {
    entries = List.copyOf(entries);
  }

  /** One file. */
  record Entry(String name, long size, String sha256) {}

  /** The index of a local folder. */
  static FolderIndex of(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : AtomicFolders.files(folder)) {
      entries.add(new Entry(String.valueOf(file.getFileName()), Files.size(file), sha256(file)));
    }
    FolderIndex index = new FolderIndex(entries);
    return of(index.text()); // what could not be read back must not be stored
  }

  /**
   * The index that a text holds.
   *
   * @throws IOException when it is none, or speaks of files beyond reason
   */
  static FolderIndex of(byte[] text) throws IOException {
    List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT) || lines.size() > MOST_FILES + 1) {
      throw new IOException("the stored index is none of the format '" + FORMAT + "'");
    }
    List<Entry> entries = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ", 3);
      if (parts.length != 3
          || !parts[0].matches("[0-9a-f]{64}")
          || !parts[1].matches("[0-9]{1,12}")
          || Long.parseLong(parts[1]) > Safetensors.LARGEST_FILE
          || !parts[2].matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}")) {
        throw new IOException("the stored index has a line that cannot be: '" + line + "'");
      }
      entries.add(new Entry(parts[2], Long.parseLong(parts[1]), parts[0]));
    }
    return new FolderIndex(entries);
  }

  byte[] text() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (Entry entry : entries) {
      text.append(entry.sha256()).append(' ').append(entry.size()).append(' ');
      text.append(entry.name()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** SHA-256 of the text, which pins the content of every file. */
  String digest() {
    return HexFormat.of().formatHex(newDigest().digest(text()));
  }

  /** Whether a local folder has these files, byte for byte, and no others. */
  boolean matches(Path folder) throws IOException {
    return Files.isDirectory(folder)
        && AtomicFolders.files(folder).size() == entries.size()
        && mismatch(folder).isEmpty();
  }

  /**
   * Checks files that were fetched.
   *
   * @throws IOException when one is missing or another
   */
  void require(Path folder) throws IOException {
    String wrong = mismatch(folder);
    if (!wrong.isEmpty()) {
      throw new IOException(
          "the stored file " + wrong + " is not the one that was put there; publish it again");
    }
  }

  private String mismatch(Path folder) throws IOException {
    for (Entry entry : entries) {
      Path file = folder.resolve(entry.name());
      if (!Files.isRegularFile(file)
          || Files.size(file) != entry.size()
          || !sha256(file).equals(entry.sha256())) {
        return entry.name();
      }
    }
    return "";
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      var unused = in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
