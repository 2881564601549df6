package io.nirvanastreams.trainer.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings data sets onto the disk. A file gets its name only when its checksum holds, and the folder
 * of an archive only when all of it is unpacked; so what has its name is whole, and a broken fetch
 * is simply started again. For one thread.
 */
public final class DataFetcher {
  private final FetchListener listener;
  private final Download download;
  private final Unpacking unpacking;

  /** A fetcher that is watched. */
  public DataFetcher(FetchListener listener) {
    this(listener, time -> Thread.sleep(time.toMillis()), Unpacking.standard());
  }

  DataFetcher(FetchListener listener, Download.Pause pause, Unpacking unpacking) {
    this.listener = listener;
    this.unpacking = unpacking;
    download = new Download(listener, pause);
  }

  /**
   * Fetches what is missing of a data set.
   *
   * @param to the folder that gets a folder of the data set's name
   * @return that folder, which {@link io.nirvanastreams.trainer.data.DataSource} opens
   * @throws FetchFailedException when a file cannot be had or is not the published one
   */
  public Path fetch(DataSet set, Origin origin, Path to) throws IOException {
    Path folder = to.resolve(set.name());
    if (set.isArchive()) {
      if (Files.isDirectory(folder)) {
        listener.onFile(set.files().get(0), true);
        return folder;
      }
      Files.createDirectories(to);
      Path archive = bring(set.files().get(0), origin, to);
      listener.onUnpack(set.files().get(0));
      unpack(archive, set, folder);
      Files.delete(archive);
      return folder;
    }
    Files.createDirectories(folder);
    for (RemoteFile file : set.files()) {
      bring(file, origin, folder);
    }
    if (!set.classes().isEmpty()) {
      Path part = folder.resolve("classes.txt.part");
      Files.write(part, set.classes());
      rename(part, folder.resolve("classes.txt"));
    }
    return folder;
  }

  private Path bring(RemoteFile file, Origin origin, Path folder) throws IOException {
    Path whole = folder.resolve(file.name());
    boolean present = Sha256.holds(whole, file);
    listener.onFile(file, present);
    if (present) {
      return whole;
    }
    Path part = folder.resolve(file.name() + ".part");
    if (origin instanceof Origin.Local local) {
      Path source = local.of(file);
      Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
      listener.onBytes(file, Files.size(part));
      verify(part, file, source.toString());
    } else if (origin instanceof Origin.Web web) {
      fromPlaces(file, web.of(file), part);
    } else {
      fromPlaces(file, file.places(), part);
    }
    rename(part, whole);
    return whole;
  }

  private void fromPlaces(RemoteFile file, List<URI> places, Path part) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (URI place : places) {
      try {
        boolean resumed = download.run(place, file, part);
        if (resumed && !Sha256.holds(part, file)) {
          // The beginning may be of another version of the file.
          listener.onRetry(file, "the parts do not fit each other");
          Files.delete(part);
          download.run(place, file, part);
        }
        verify(part, file, place.toString());
        return;
      } catch (FetchFailedException e) {
        throw e;
      } catch (IOException e) {
        reasons.add(e.getMessage());
      }
    }
    throw new FetchFailedException(
        "%s cannot be fetched (%s); try again later, or give the file with --from"
            .formatted(file.name(), String.join("; ", reasons)));
  }

  private static void verify(Path part, RemoteFile file, String source) throws IOException {
    if (!Sha256.holds(part, file)) {
      String found = Files.size(part) + " bytes, SHA-256 " + Sha256.of(part);
      Files.delete(part);
      throw new FetchFailedException(
          "%s is not the published %s (%s, should be %d, %s); get it from elsewhere with --from"
              .formatted(source, file.name(), found, file.bytes(), file.sha256()));
    }
  }

  private void unpack(Path archive, DataSet set, Path folder) throws IOException {
    Path work = folder.resolveSibling(set.name() + ".part");
    delete(work);
    Files.createDirectories(work);
    unpacking.unpack(archive, work);
    Path inner = work.resolve(set.folder());
    if (!Files.isDirectory(inner)) {
      throw new FetchFailedException(archive + " holds no folder " + set.folder());
    }
    Files.move(inner, folder, StandardCopyOption.ATOMIC_MOVE);
    delete(work);
  }

  private static void rename(Path part, Path whole) throws IOException {
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
