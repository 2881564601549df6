package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The images that people named, as an image folder: one directory per class, one PNG per image,
 * which is more than the topics keep and any other program can read. Each file appears whole or not
 * at all, so a killed trainer finds its images again. For one thread.
 */
public final class LabelledImages {
  private static final String EXTENSION = ".png";
  private static final String SEPARATOR = "~"; // never in an encoded id
  private static final int LONGEST_NAME = 255; // of a file, on the usual file systems

  private final Path root;
  private final InputShape shape;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Map<String, Entry> byEvent = new TreeMap<>();

  private record Entry(String className, String groupId) {}

  /**
   * Opens a folder, which is created when it does not exist.
   *
   * @param shape of every image in it
   * @throws UncheckedIOException when it cannot be read
   */
  public LabelledImages(Path root, InputShape shape) {
    this.root = root;
    this.shape = shape;
    try {
      Files.createDirectories(root);
      try (Stream<Path> classes = Files.list(root)) {
        for (Path folder : classes.filter(Files::isDirectory).toList()) {
          index(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read labelled images in " + root, e);
    }
  }

  private void index(Path folder) throws IOException {
    String className = decode(folder.getFileName().toString());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        int separator = name.indexOf(SEPARATOR);
        if (separator >= 0 && name.endsWith(EXTENSION)) {
          String event = name.substring(separator + 1, name.length() - EXTENSION.length());
          byEvent.put(decode(event), new Entry(className, decode(name.substring(0, separator))));
        }
      }
    }
  }

  /**
   * Keeps an image under a class; an image that is already kept under another class moves there.
   *
   * @throws IllegalArgumentException for a class or ids that no file can be named after
   */
  public void put(String className, LabelledImage image) {
    Entry entry = new Entry(className, image.groupId());
    if (entry.equals(byEvent.get(image.eventId()))) {
      return;
    }
    Path file = file(image.eventId(), entry);
    try {
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling("part");
      Files.write(part, ImageEncoder.png(image.pixels(), shape));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + file, e);
    }
    delete(image.eventId());
    byEvent.put(image.eventId(), entry);
  }

  /** Files an image that is kept under another class. */
  public void move(String eventId, String className) {
    Entry entry = byEvent.get(eventId);
    if (entry != null && !entry.className().equals(className)) {
      put(className, new LabelledImage(eventId, entry.groupId(), read(file(eventId, entry))));
    }
  }

  /** Forgets an image and gives it back; empty when it was not kept. */
  public Optional<LabelledImage> remove(String eventId) {
    Entry entry = byEvent.get(eventId);
    if (entry == null) {
      return Optional.empty();
    }
    LabelledImage image = new LabelledImage(eventId, entry.groupId(), read(file(eventId, entry)));
    delete(eventId);
    return Optional.of(image);
  }

  /** Deletes an image, unread; nothing happens when it is not kept. */
  public void erase(String eventId) {
    delete(eventId);
  }

  private void delete(String eventId) {
    Entry entry = byEvent.remove(eventId);
    if (entry != null) {
      try {
        Files.deleteIfExists(file(eventId, entry));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + file(eventId, entry), e);
      }
    }
  }

  /** The shape of every image. */
  public InputShape shape() {
    return shape;
  }

  /** Whether an image is kept. */
  public boolean contains(String eventId) {
    return byEvent.containsKey(eventId);
  }

  /** Ids of all images that are kept, sorted. */
  public List<String> eventIds() {
    return new ArrayList<>(byEvent.keySet());
  }

  /** The group that a kept image was named with; empty when it is not kept. */
  public Optional<String> groupOf(String eventId) {
    return Optional.ofNullable(byEvent.get(eventId)).map(Entry::groupId);
  }

  /** The number of images of every class that has any, sorted by name. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    byEvent.values().forEach(entry -> counts.merge(entry.className(), 1, Integer::sum));
    return counts;
  }

  /** The images of a class, sorted by event id. */
  public List<LabelledImage> of(String className) {
    List<LabelledImage> images = new ArrayList<>();
    byEvent.forEach(
        (event, entry) -> {
          if (entry.className().equals(className)) {
            images.add(new LabelledImage(event, entry.groupId(), read(file(event, entry))));
          }
        });
    return images;
  }

  private byte[] read(Path file) {
    try {
      return decoder.decode(Files.readAllBytes(file), shape, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (UndecodableImageException e) {
      throw new IllegalStateException(file + " is no image any more: " + e.getMessage(), e);
    }
  }

  private Path file(String eventId, Entry entry) {
    String name = encode(entry.groupId()) + SEPARATOR + encode(eventId) + EXTENSION;
    String folder = encode(entry.className());
    if (folder.isEmpty() || folder.length() > LONGEST_NAME || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "no file can be named after class '" + entry.className() + "', image '" + eventId + "'");
    }
    return root.resolve(folder).resolve(name);
  }

  // '.' is legal in an encoded id, but a folder named "." or ".." leads elsewhere.
  private static String encode(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }
}
