package io.nirvanastreams.trainer.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks {@code .tar.gz} and {@code .zip} archives into a folder, and nothing outside of it: no
 * entry may lead out, links are refused, and so is more than a number of bytes and entries.
 * Immutable.
 *
 * @param mostBytes of all files together
 * @param mostEntries files and folders
 */
record Unpacking(long mostBytes, int mostEntries) {
  private static final long STANDARD_BYTES = 4L << 30;
  private static final int STANDARD_ENTRIES = 500_000;

  static Unpacking standard() {
    return new Unpacking(STANDARD_BYTES, STANDARD_ENTRIES);
  }

  /**
   * Unpacks everything.
   *
   * @throws FetchFailedException when the archive is damaged, or holds what it should not
   */
  void unpack(Path archive, Path folder) throws IOException {
    Run run = new Run(folder);
    try {
      if (archive.getFileName().toString().endsWith(".zip")) {
        unzip(archive, run);
      } else {
        untar(archive, run);
      }
    } catch (EOFException | ZipException e) {
      throw new FetchFailedException(archive + " is damaged (" + e.getMessage() + ")", e);
    } catch (FetchFailedException e) {
      throw new FetchFailedException(archive + ": " + e.getMessage(), e);
    }
  }

  private static void unzip(Path archive, Run run) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.isDirectory()) {
          run.folder(entry.getName());
        } else {
          try (InputStream in = zip.getInputStream(entry)) {
            run.file(entry.getName(), in);
          }
        }
      }
    }
  }

  private static void untar(Path archive, Run run) throws IOException {
    try (InputStream raw = Files.newInputStream(archive);
        InputStream in = new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16)) {
      TarReader tar = new TarReader(in);
      for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
        if (entry.isFolder()) {
          run.folder(entry.name());
        } else {
          run.file(entry.name(), tar.content());
        }
      }
    }
  }

  /** What is unpacked so far. */
  private final class Run {
    private final Path root;
    private final byte[] buffer = new byte[1 << 16];
    private long bytes;
    private int entries;

    Run(Path root) {
      this.root = root;
    }

    void folder(String name) throws IOException {
      Files.createDirectories(target(name));
    }

    void file(String name, InputStream in) throws IOException {
      Path target = target(name);
      Files.createDirectories(target.getParent());
      try (OutputStream out = Files.newOutputStream(target)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          bytes += count;
          if (bytes > mostBytes) {
            throw new FetchFailedException("it unpacks to more than " + mostBytes + " bytes");
          }
          out.write(buffer, 0, count);
        }
      }
    }

    private Path target(String name) throws IOException {
      entries++;
      if (entries > mostEntries) {
        throw new FetchFailedException("it has more than " + mostEntries + " entries");
      }
      boolean plain = !name.startsWith("/") && !name.contains("\\") && !name.contains(":");
      Path target = plain ? root.resolve(name).normalize() : root;
      if (!plain || !target.startsWith(root) || name.matches("(.*/)?\\.\\.(/.*)?")) {
        throw new FetchFailedException("the entry '" + name + "' leads out of the folder");
      }
      return target;
    }
  }
}
