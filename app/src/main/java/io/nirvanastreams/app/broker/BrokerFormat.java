package io.nirvanastreams.app.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.metadata.storage.Formatter;

/** Prepares the directory of a new broker. Stateless. */
final class BrokerFormat {
  private BrokerFormat() {}

  /**
   * Formats a directory; one that is formatted already is left as it is.
   *
   * @param node id of the broker
   * @param cluster id of the cluster, in Kafka's form
   */
  static void format(Path directory, int node, String cluster) throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(node)
        .setClusterId(cluster)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(directory.toString())
        .setDirectories(List.of(directory.toString()))
        .setIgnoreFormatted(true)
        .run();
  }
}
