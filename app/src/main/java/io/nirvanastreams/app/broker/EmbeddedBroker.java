package io.nirvanastreams.app.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker and its KRaft controller inside this process, on loopback only. It keeps its
 * data in a directory and can be started on that directory again, also after a kill.
 *
 * <p>{@link #close()} shuts down cleanly and may be called twice. Safe from any thread.
 *
 * <p>Kafka has no public API for this; the classes used here and in {@link BrokerFormat} are pinned
 * with Kafka's version and appear nowhere else.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final FileChannel lock;
  private final KafkaRaftServer server;
  private final String bootstrap;
  private boolean closed;

  private EmbeddedBroker(FileChannel lock, KafkaRaftServer server, String bootstrap) {
    this.lock = lock;
    this.server = server;
    this.bootstrap = bootstrap;
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @param directory where its data lives; made and formatted when new
   * @param ports the ports to listen on
   * @throws ClusterException when the directory is in use or cannot be written, or a port is taken
   */
  public static EmbeddedBroker start(Path directory, Ports ports) {
    Path data = directory.toAbsolutePath().normalize();
    FileChannel lock = lock(data);
    try {
      Ports real = ports.resolved();
      BrokerFormat.format(data, 1, Uuid.randomUuid().toString());
      KafkaRaftServer server =
          new KafkaRaftServer(new KafkaConfig(BrokerProperties.of(data, real), false), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(lock, server, "127.0.0.1:" + real.broker());
    } catch (ClusterException e) {
      release(lock);
      throw e;
    } catch (Exception e) {
      release(lock);
      throw new ClusterException("the broker does not start on " + data + ": " + e.getMessage(), e);
    }
  }

  /** Where clients connect: {@code host:port}. */
  public String bootstrap() {
    return bootstrap;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    release(lock);
  }

  // Kafka ends the whole process when its own lock is taken, so ask first.
  private static FileChannel lock(Path directory) {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve("nirvana.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return channel;
      }
      throw new OverlappingFileLockException();
    } catch (OverlappingFileLockException e) {
      release(channel);
      throw new ClusterException(
          "another broker runs on " + directory + "; stop it or choose another directory", e);
    } catch (IOException e) {
      release(channel);
      throw new ClusterException("cannot write to " + directory + ": " + e.getMessage(), e);
    }
  }

  private static void release(FileChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new ClusterException("cannot release the lock of the data directory", e);
    }
  }
}
