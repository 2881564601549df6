package io.nirvanastreams.app.broker;

import java.nio.file.Path;

/**
 * A Kafka broker and a schema registry for one machine. Both listen on loopback only.
 *
 * <p>{@link #close()} shuts both down cleanly and may be called twice. Safe from any thread.
 */
public interface LocalCluster extends AutoCloseable {
  /** Where Kafka clients connect: {@code host:port}. */
  String bootstrapServers();

  /** The registry's base URL. */
  String schemaRegistryUrl();

  /** Where the data lives. */
  Path directory();

  @Override
  void close();

  /**
   * Starts a cluster on a directory that is kept; topics, records and schema ids survive a restart.
   *
   * @throws ClusterException when the directory is in use or a port is taken
   */
  static LocalCluster start(Path directory, Ports ports) {
    return EmbeddedCluster.start(directory, ports, false);
  }

  /** Starts a cluster on a directory that is kept, on free ports. */
  static LocalCluster start(Path directory) {
    return start(directory, Ports.FREE);
  }

  /** Starts a cluster on a new temporary directory, which {@link #close()} deletes. */
  static LocalCluster startTemporary() {
    return startTemporary(Ports.FREE);
  }

  /** Starts a cluster on a new temporary directory, which {@link #close()} deletes. */
  static LocalCluster startTemporary(Ports ports) {
    return EmbeddedCluster.start(EmbeddedCluster.temporaryDirectory(), ports, true);
  }
}
