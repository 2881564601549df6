package io.nirvanastreams.stores.blob;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.stores.s3.S3Location;
import io.nirvanastreams.stores.s3.S3Objects;
import io.nirvanastreams.stores.s3.S3Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Opens the blob store that one setting names. Stateless. */
public final class BlobStores {
  private static final String KAFKA = "kafka:";
  private static final String FOLDER = "folder:";

  private BlobStores() {}

  /**
   * Checks the setting without opening anything.
   *
   * @param uri {@code kafka:}, {@code s3://BUCKET/PREFIX}, or the path of a folder
   * @return the setting
   * @throws IllegalArgumentException when it names no blob store
   */
  public static String checked(String uri) {
    if (uri.startsWith("s3:")) {
      var unused = S3Location.of(uri);
    } else if (!uri.equals(KAFKA)) {
      var unused = folder(uri);
    }
    return uri;
  }

  /**
   * The store that the setting names.
   *
   * @param uri {@code kafka:}, {@code s3://BUCKET/PREFIX}, or the path of a folder
   * @param kafka settings of Kafka's clients, for {@code kafka:}
   * @param cache folder for copies of what was fetched from afar
   * @throws IllegalArgumentException when it names no blob store
   */
  public static BlobStore open(
      String uri, Map<String, ?> kafka, Topics topics, S3Settings s3, Path cache) {
    if (uri.equals(KAFKA)) {
      return new KafkaBlobStore(kafka, topics.weights(), new BlobCache(cache));
    }
    if (uri.startsWith("s3:")) {
      return new S3BlobStore(new S3Objects(s3), S3Location.of(uri), new BlobCache(cache));
    }
    return new FolderBlobStore(folder(uri));
  }

  private static Path folder(String uri) {
    String path = uri.startsWith(FOLDER) ? uri.substring(FOLDER.length()) : uri;
    if (path.isBlank() || path.contains("://") || path.startsWith(KAFKA)) {
      throw new IllegalArgumentException(
          "'"
              + uri
              + "' is no blob store: give the path of a folder, kafka: or s3://BUCKET/PREFIX");
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + uri + "' is no path of a folder", e);
    }
  }
}
