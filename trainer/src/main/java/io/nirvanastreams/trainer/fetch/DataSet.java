package io.nirvanastreams.trainer.fetch;

import java.util.List;

/**
 * A public data set. Immutable.
 *
 * @param name what it is called on the command line, and the folder it goes into
 * @param title for people
 * @param terms under which it may be used, in a sentence
 * @param files that make it up: either all plain, or one archive
 * @param folder in the archive that holds the data; empty for plain files
 * @param classes names that the files themselves do not have; empty when they have them
 */
public record DataSet(
    String name,
    String title,
    String terms,
    List<RemoteFile> files,
    String folder,
    List<String> classes) {

  /** Copies the lists. */
  public DataSet {
    files = List.copyOf(files);
    classes = List.copyOf(classes);
    if (!folder.isEmpty() && files.size() != 1) {
      throw new IllegalArgumentException(name + " is an archive of several files");
    }
  }

  /** Whether its one file is an archive. */
  public boolean isArchive() {
    return !folder.isEmpty();
  }

  /** How much there is to download. */
  public long bytes() {
    return files.stream().mapToLong(RemoteFile::bytes).sum();
  }
}
