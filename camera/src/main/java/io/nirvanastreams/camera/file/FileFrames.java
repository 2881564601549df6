package io.nirvanastreams.camera.file;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The images of a folder (with all below it), of a zip, of a text file that lists image files, or
 * one image file, in the order of their names or of the list. Holds an open zip until closed.
 */
public final class FileFrames implements FrameSource {
  private final List<Entry> entries;
  private final ZipFile zip;
  private int next;

  private FileFrames(List<Entry> entries, ZipFile zip) {
    this.entries = List.copyOf(entries);
    this.zip = zip;
  }

  /**
   * Opens what the path leads to; a list's relative paths start at the list's folder.
   *
   * @throws IllegalArgumentException when there is nothing, or no image in it
   */
  public static FileFrames open(Path path) {
    try {
      FileFrames frames = openAny(path);
      if (frames.entries.isEmpty()) {
        frames.close();
        throw new IllegalArgumentException(path + " has no PNG or JPEG; name what has");
      }
      return frames;
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException(
          path + " is neither folder, zip, image, video nor text list", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Frame> next() throws IOException {
    if (next == entries.size()) {
      return Optional.empty();
    }
    Entry entry = entries.get(next++);
    try {
      return Optional.of(Frame.ofFile(entry.name(), entry.content().read()));
    } catch (IOException e) {
      throw new IOException("cannot read " + entry.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }

  private static FileFrames openAny(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("there is no " + path + "; check the path");
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path)) {
      return new FileFrames(folder(path), null);
    } else if (name.endsWith(".zip")) {
      return zip(path);
    } else if (ImageFiles.isImage(name)) {
      return new FileFrames(List.of(file(path, path.getFileName().toString())), null);
    }
    return new FileFrames(list(path), null);
  }

  private static List<Entry> folder(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .filter(ImageFiles::isImage)
          .map(file -> file(file, folder.relativize(file).toString()))
          .sorted(Comparator.comparing(Entry::name))
          .toList();
    }
  }

  private static FileFrames zip(Path path) throws IOException {
    ZipFile zip = new ZipFile(path.toFile());
    List<Entry> entries = new ArrayList<>();
    zip.stream()
        .filter(entry -> !entry.isDirectory() && ImageFiles.isImage(entry.getName()))
        .sorted(Comparator.comparing(ZipEntry::getName))
        .forEach(entry -> entries.add(new Entry(entry.getName(), () -> read(zip, entry))));
    return new FileFrames(entries, zip);
  }

  private static List<Entry> list(Path list) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        Path file = list.toAbsolutePath().resolveSibling(name);
        if (!Files.isRegularFile(file)) {
          throw new IllegalArgumentException(list + " lists '" + name + "', which is no file");
        }
        entries.add(file(file, name));
      }
    }
    return entries;
  }

  private static Entry file(Path path, String name) {
    return new Entry(name, () -> Files.readAllBytes(path));
  }

  private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream content = zip.getInputStream(entry)) {
      return content.readAllBytes();
    }
  }

  private record Entry(String name, Content content) {}

  private interface Content {
    byte[] read() throws IOException;
  }
}
