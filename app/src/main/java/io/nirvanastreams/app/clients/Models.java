package io.nirvanastreams.app.clients;

import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import java.time.Instant;
import java.util.Optional;

/** Finds model versions in a cluster's catalogue. Stateless. */
public final class Models {
  private Models() {}

  /** The catalogue as it is now. */
  public static ModelCatalogue catalogue(ClusterAccess cluster) {
    return ModelCatalogue.read(
        cluster.kafka(), cluster.serdes(), cluster.topics(), ClusterAccess.PATIENCE);
  }

  /**
   * A version.
   *
   * @throws IllegalStateException when the cluster has not the whole of it
   */
  public static ModelVersion version(ModelCatalogue catalogue, String name, int version) {
    return catalogue
        .version(name, version)
        .orElseThrow(
            () -> {
              String problem = catalogue.problems().get(name + "/" + version);
              return new IllegalStateException(
                  problem == null
                      ? "there is no model " + name + "/" + version + "; see 'nirvana models list'"
                      : "model " + name + "/" + version + " is not whole: " + problem);
            });
  }

  /** The version that answers images of this moment. */
  public static Optional<ModelVersion> live(ModelCatalogue catalogue, String name) {
    return catalogue.live(name, Instant.now());
  }
}
