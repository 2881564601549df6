package io.nirvanastreams.stores.blob;

import io.nirvanastreams.embedding.model.AtomicFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Local copies of folders that were fetched from afar. A copy appears whole and checked, or not at
 * all; one that was damaged since is fetched again; old ones go when there are many. Safe for any
 * thread and for several processes.
 */
public final class BlobCache {
  private static final int KEPT = 16;
  // A folder that was handed out may still be read.
  private static final Duration UNTOUCHED_FOR = Duration.ofHours(1);

  private final Path root;

  /** A cache in this folder, which is created when first needed. */
  public BlobCache(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The local copy of a folder.
   *
   * @param name the last part of its name becomes the name of the copy
   * @param download puts the files into a folder, if they are not there
   */
  Path fetch(String name, FolderIndex index, AtomicFolders.Filler download) throws IOException {
    // The digest keeps apart what different stores hold under one name.
    Path folder = root.resolve(index.digest().substring(0, 16)).resolve(lastPart(name));
    if (!index.matches(folder)) {
      AtomicFolders.delete(folder);
      AtomicFolders.create(
          folder,
          temporary -> {
            download.fill(temporary);
            index.require(temporary);
          });
    }
    Files.setLastModifiedTime(folder.getParent(), FileTime.from(Instant.now()));
    trim();
    return folder;
  }

  private void trim() throws IOException {
    List<Path> copies;
    try (Stream<Path> entries = Files.list(root)) {
      copies = new ArrayList<>(entries.filter(Files::isDirectory).toList());
    }
    copies.sort(Comparator.comparing(BlobCache::age));
    for (Path copy : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
      if (age(copy).compareTo(UNTOUCHED_FOR) > 0) {
        AtomicFolders.delete(copy);
      }
    }
  }

  private static Duration age(Path folder) {
    try {
      return Duration.between(Files.getLastModifiedTime(folder).toInstant(), Instant.now());
    } catch (IOException e) {
      return Duration.ZERO; // another process has just deleted it
    }
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
