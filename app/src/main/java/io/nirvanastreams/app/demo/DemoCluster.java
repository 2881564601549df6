package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.SchemaRegistration;
import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.records.signature.SigningKey;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * The demo's cluster with its topics and schemas, and the folders beside it. Closing stops broker
 * and registry.
 *
 * @param cluster broker and registry
 * @param access how clients reach them
 * @param work folder for models, blobs, labelled images and state
 */
record DemoCluster(LocalCluster cluster, ClusterAccess access, Path work) implements AutoCloseable {
  private static final int PARTITIONS = 4;

  static DemoCluster start(Path work) {
    LocalCluster cluster = LocalCluster.start(work.resolve("cluster"));
    ClusterAccess access =
        new ClusterAccess(
            cluster.bootstrapServers(),
            cluster.schemaRegistryUrl(),
            Topics.withPrefix(Topics.DEFAULT_PREFIX),
            Map.of());
    try (Admin admin = access.admin()) {
      TopicAdmin.createMissing(admin, access.topics(), PARTITIONS, (short) 1);
      SchemaRegistration.register(access);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return new DemoCluster(cluster, access, work);
  }

  Topics topics() {
    return access.topics();
  }

  Path models() {
    return work.resolve("models");
  }

  Path blobs() {
    return work.resolve("blobs");
  }

  BlobStore blobStore() {
    return new FolderBlobStore(blobs());
  }

  /** A key of this demo's own signs its models. */
  SigningKey signingKey() throws IOException {
    return SigningKey.readOrGenerate(work.resolve("keys/signing.pem"), trustedKeys());
  }

  Path trustedKeys() {
    return work.resolve("keys/trusted.pem");
  }

  @Override
  public void close() {
    cluster.close();
  }
}
