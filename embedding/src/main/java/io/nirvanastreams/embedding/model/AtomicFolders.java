package io.nirvanastreams.embedding.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Folders that appear whole or not at all, whoever is killed and whoever else writes them.
 * Stateless.
 */
public final class AtomicFolders {
  private AtomicFolders() {}

  /** Puts the files into a folder that nobody else sees yet. */
  public interface Filler {
    /** Writes the files. */
    void fill(Path temporary) throws IOException;
  }

  /**
   * Creates the folder. One that is there already stays and must have the same files.
   *
   * @param filler puts the files into a folder beside it
   * @throws IOException when it cannot be written, or is there with other content
   */
  public static void create(Path folder, Filler filler) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    // Not createTempDirectory, whose folders only their owner can read.
    Path temporary = Files.createDirectory(parent.resolve(".new-" + UUID.randomUUID()));
    try {
      filler.fill(temporary);
      for (Path file : files(temporary)) {
        flush(file);
      }
      // A rename onto a folder with files fails, so the first writer wins.
      if (!Files.exists(folder)) {
        try {
          Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
          return;
        } catch (IOException e) {
          if (!Files.exists(folder)) {
            throw e;
          }
        }
      }
      requireSame(temporary, folder);
    } finally {
      delete(temporary);
    }
  }

  /** The plain files of a folder, by name. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void requireSame(Path wanted, Path present) throws IOException {
    List<Path> wantedFiles = files(wanted);
    boolean same = wantedFiles.size() == files(present).size();
    for (Path file : wantedFiles) {
      Path other = present.resolve(file.getFileName());
      same = same && Files.exists(other) && Files.mismatch(file, other) < 0;
    }
    if (!same) {
      throw new IOException(present + " is there already, with other content");
    }
  }

  /** Deletes a folder with all that is in it; an absent one is no error. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
