package io.nirvanastreams.camera.file;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images that arrive in a folder, or below it, after it was opened, oldest first. A file counts
 * as arrived when two looks find it the same, so that one that is still being written waits. A file
 * that is written over arrives again. Ends never.
 *
 * <p>It looks instead of being called: the operating system's notices do not cross network shares,
 * and are lost when there are many.
 */
public final class WatchedFolder implements FrameSource {
  private final Path folder;
  private final Duration interval;
  private final Deque<Path> arrived = new ArrayDeque<>();
  private Map<Path, State> known;

  private WatchedFolder(Path folder, Duration interval) throws IOException {
    this.folder = folder;
    this.interval = interval;
    this.known = look();
    known.replaceAll((file, state) -> state.asTaken());
  }

  /**
   * Watches from now on; what lies in the folder already has been there before.
   *
   * @param interval between two looks
   * @throws IllegalArgumentException unless it is a folder
   */
  public static WatchedFolder open(Path folder, Duration interval) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is no folder; --watch needs one");
    }
    return new WatchedFolder(folder, interval);
  }

  @Override
  public Optional<Frame> next() throws IOException, InterruptedException {
    while (true) {
      while (!arrived.isEmpty()) {
        Path file = arrived.remove();
        try {
          FileTime time = Files.getLastModifiedTime(file);
          Frame frame = Frame.ofFile(folder.relativize(file).toString(), Files.readAllBytes(file));
          return Optional.of(
              new Frame(frame.name(), frame.picture(), null, time.toInstant(), frame.attributes()));
        } catch (NoSuchFileException e) {
          // Somebody took it away meanwhile.
        }
      }
      Thread.sleep(interval.toMillis());
      arrived.addAll(newlyArrived());
    }
  }

  @Override
  public void close() {}

  private List<Path> newlyArrived() throws IOException {
    Map<Path, State> now = look();
    List<Path> ready = new ArrayList<>();
    for (Map.Entry<Path, State> entry : now.entrySet()) {
      State before = known.get(entry.getKey());
      State state = entry.getValue();
      if (before != null && before.same(state)) {
        if (!before.taken() && state.size() > 0) {
          ready.add(entry.getKey());
        }
        entry.setValue(before.taken() || state.size() > 0 ? state.asTaken() : state);
      }
    }
    known = now;
    ready.sort(
        Comparator.<Path, FileTime>comparing(file -> now.get(file).time())
            .thenComparing(Comparator.naturalOrder()));
    return ready;
  }

  private Map<Path, State> look() throws IOException {
    Map<Path, State> files = new HashMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && ImageFiles.isImage(file)) {
              files.put(file, new State(attributes.size(), attributes.lastModifiedTime(), false));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(folder)) {
              throw new IOException("the folder " + folder + " is gone", e);
            }
            return FileVisitResult.CONTINUE; // taken away between listing and looking
          }
        });
    return files;
  }

  private record State(long size, FileTime time, boolean taken) {
    boolean same(State other) {
      return size == other.size && time.equals(other.time);
    }

    State asTaken() {
      return new State(size, time, true);
    }
  }
}
