package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.stores.blob.BlobStores;
import io.nirvanastreams.stores.s3.S3Settings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of commands that store or load weights. For use as a mixin. */
public final class BlobStoreOption {
  @Option(
      names = "--blob-store",
      paramLabel = "DIR|kafka:|s3://BUCKET/PREFIX",
      defaultValue = "${sys:user.home}/.nirvana/blobs",
      description =
          "Where the weights of published models lie: a folder, the cluster's own topic of weights,"
              + " or S3-compatible storage (default: ${DEFAULT-VALUE}).")
  private String uri;

  @Option(
      names = "--blob-cache",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.nirvana/blob-cache",
      description = "Folder for copies of weights that lie elsewhere (default: ${DEFAULT-VALUE}).")
  private Path cache;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      defaultValue = "",
      description = {
        "S3-compatible server such as http://localhost:9000; AWS without it.",
        "Credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role."
      })
  private String endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      defaultValue = "",
      description = "Region of the S3-compatible storage.")
  private String region;

  /**
   * Opens the store.
   *
   * @throws UsageException when an option names none
   */
  BlobStore open(ClusterAccess access) {
    try {
      return BlobStores.open(
          uri, access.kafka(), access.topics(), S3Settings.of(endpoint, region), cache);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Adds the settings of a processor that loads from the store. */
  void addTo(Map<String, Object> values) {
    values.put(ProcessorSettings.BLOB_STORE, uri);
    values.put(ProcessorSettings.BLOB_CACHE, cache.toString());
    values.put(ProcessorSettings.S3_ENDPOINT, endpoint);
    values.put(ProcessorSettings.S3_REGION, region);
  }
}
