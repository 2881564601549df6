package io.nirvanastreams.app.ingest;

import io.nirvanastreams.app.config.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The images of a folder (with all below it), of a zip, of a text file that lists image files, or
 * one image file, in the order of their names or of the list. Holds an open zip until closed; for
 * one thread at a time.
 */
public final class FrameSource implements AutoCloseable {
  private final List<Frame> frames;
  private final ZipFile zip;

  private FrameSource(List<Frame> frames, ZipFile zip) {
    this.frames = List.copyOf(frames);
    this.zip = zip;
  }

  /**
   * Opens what the path leads to; a list's relative paths start at the list's folder.
   *
   * @throws UsageException when there is nothing, or no image in it
   */
  public static FrameSource open(Path path) {
    try {
      FrameSource source = openAny(path);
      if (source.frames.isEmpty()) {
        source.close();
        throw new UsageException(path + " has no PNG or JPEG; name what has");
      }
      return source;
    } catch (MalformedInputException e) {
      throw new UsageException(path + " is neither folder, zip, image nor text list", e);
    } catch (IOException e) {
      throw new UsageException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** The images; readable until the source is closed. */
  public List<Frame> frames() {
    return frames;
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }

  private static FrameSource openAny(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new UsageException("there is no " + path + "; check the path");
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path)) {
      return new FrameSource(folder(path), null);
    } else if (name.endsWith(".zip")) {
      return zip(path);
    } else if (MediaTypes.isImage(name)) {
      return new FrameSource(List.of(file(path, path.getFileName().toString())), null);
    }
    return new FrameSource(list(path), null);
  }

  private static List<Frame> folder(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> MediaTypes.isImage(file.getFileName().toString()))
          .map(file -> file(file, folder.relativize(file).toString()))
          .sorted(Comparator.comparing(Frame::name))
          .toList();
    }
  }

  private static FrameSource zip(Path path) throws IOException {
    ZipFile zip = new ZipFile(path.toFile());
    List<Frame> frames = new ArrayList<>();
    zip.stream()
        .filter(entry -> !entry.isDirectory() && MediaTypes.isImage(entry.getName()))
        .sorted(Comparator.comparing(ZipEntry::getName))
        .forEach(entry -> frames.add(new Frame(entry.getName(), () -> read(zip, entry))));
    return new FrameSource(frames, zip);
  }

  private static List<Frame> list(Path list) throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        Path file = list.toAbsolutePath().resolveSibling(name);
        if (!Files.isRegularFile(file)) {
          throw new UsageException(list + " lists '" + name + "', which is no file");
        }
        frames.add(file(file, name));
      }
    }
    return frames;
  }

  private static Frame file(Path path, String name) {
    return new Frame(name, () -> Files.readAllBytes(path));
  }

  private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream content = zip.getInputStream(entry)) {
      return content.readAllBytes();
    }
  }
}
