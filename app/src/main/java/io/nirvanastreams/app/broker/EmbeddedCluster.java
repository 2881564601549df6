package io.nirvanastreams.app.broker;

import io.nirvanastreams.app.files.Folders;
import io.nirvanastreams.app.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The local cluster inside this process. */
final class EmbeddedCluster implements LocalCluster {
  private final Path directory;
  private final boolean temporary;
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private boolean closed;

  private EmbeddedCluster(
      Path directory, boolean temporary, EmbeddedBroker broker, EmbeddedRegistry registry) {
    this.directory = directory;
    this.temporary = temporary;
    this.broker = broker;
    this.registry = registry;
  }

  static EmbeddedCluster start(Path directory, Ports ports, boolean temporary) {
    EmbeddedBroker broker = EmbeddedBroker.start(directory, ports);
    try {
      EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrap(), ports.registry());
      return new EmbeddedCluster(directory, temporary, broker, registry);
    } catch (RuntimeException e) {
      broker.close();
      throw new ClusterException("the schema registry does not start: " + e.getMessage(), e);
    }
  }

  static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("nirvana-");
    } catch (IOException e) {
      throw new ClusterException("cannot make a temporary directory: " + e.getMessage(), e);
    }
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrap();
  }

  @Override
  public String schemaRegistryUrl() {
    return registry.url();
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      registry.close();
    } finally {
      broker.close();
    }
    if (temporary) {
      Folders.delete(directory);
    }
  }
}
