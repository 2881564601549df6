package io.nirvanastreams.processor;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A processor instance at one moment. Immutable.
 *
 * @param state of Kafka Streams, such as RUNNING or REBALANCING
 * @param ready whether it is running with a live model loaded
 * @param threads stream threads alive
 * @param liveVersion model version that answers images of now
 * @param loadedVersions model versions in memory
 * @param refused why versions were refused, by version
 * @param counts what it did since it started
 * @param settings the settings in force, secrets masked
 */
public record ProcessorStatus(
    String state,
    boolean ready,
    int threads,
    OptionalInt liveVersion,
    List<Integer> loadedVersions,
    Map<Integer, String> refused,
    Counters.Snapshot counts,
    Map<String, String> settings) {
  /** Copies the collections. */
  public ProcessorStatus {
    loadedVersions = List.copyOf(loadedVersions);
    refused = Map.copyOf(refused);
  }
}
