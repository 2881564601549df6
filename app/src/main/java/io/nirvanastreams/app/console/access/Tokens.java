package io.nirvanastreams.app.console.access;

import io.nirvanastreams.app.config.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may come in, and as what: a file with one {@code NAME ROLE TOKEN} a line, ROLE one of view,
 * label, operate. Empty lines and those that start with # are left out. Tokens are kept as hashes
 * only. Immutable; safe from any thread.
 */
public final class Tokens {
  /** Shorter ones can be guessed over a network. */
  private static final int SHORTEST = 16;

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  private record Entry(ByteBuffer hash, Visitor visitor) {}

  /**
   * Reads a file.
   *
   * @throws UsageException when it cannot be read, a line is not as described, a token is too short
   *     or given twice
   */
  public static Tokens read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UsageException("cannot read the tokens in " + file + ": " + e.getMessage(), e);
    }
    List<Entry> entries = new ArrayList<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(line, file + " line " + number, entries));
      }
    }
    if (entries.isEmpty()) {
      throw new UsageException(file + " has no token; write lines of NAME ROLE TOKEN");
    }
    return new Tokens(entries);
  }

  private static Entry entry(String line, String place, List<Entry> before) {
    String[] words = line.split("\\s+", -1);
    if (words.length != 3) {
      throw new UsageException(place + " must be NAME ROLE TOKEN");
    }
    Role role;
    try {
      role = Role.valueOf(words[1].toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          place + " has the role '" + words[1] + "'; write view, label or operate", e);
    }
    if (words[2].length() < SHORTEST) {
      throw new UsageException(
          place + " has a token of less than " + SHORTEST + " characters; take a longer one");
    }
    ByteBuffer hash = hash(words[2]);
    if (before.stream().anyMatch(other -> other.hash().equals(hash))) {
      throw new UsageException(place + " has a token that another line has; give each their own");
    }
    return new Entry(hash, new Visitor(words[0], role));
  }

  /** Whose token it is. Takes the same time whether or not it is somebody's. */
  public Optional<Visitor> visitor(String token) {
    byte[] hash = hash(token).array();
    Visitor found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash().array(), hash)) {
        found = entry.visitor();
      }
    }
    return Optional.ofNullable(found);
  }

  private static ByteBuffer hash(String token) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
