package io.nirvanastreams.records;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The model versions of a cluster at one moment: what the control topics held, read to their ends.
 * A version counts only when it is whole: manifest, calibration, and a centre for every class
 * (WholeVersionOrNone). Immutable; safe from any thread.
 */
public final class ModelCatalogue {
  private final Map<String, TreeMap<Integer, ModelVersion>> byName = new TreeMap<>();
  private final Map<String, String> problems = new TreeMap<>();
  private final Map<String, Integer> newest = new TreeMap<>();
  private final List<Promotion> promotions;

  /** The catalogue of these records, each the latest of its key. */
  public ModelCatalogue(
      Collection<ModelManifest> manifests,
      Collection<ClassCentre> centres,
      Collection<Calibration> calibrations,
      Collection<Promotion> promotions) {
    Map<String, List<ClassCentre>> centresByVersion =
        centres.stream()
            .collect(
                Collectors.groupingBy(
                    one -> ModelKeys.version(one.getModelName(), one.getModelVersion())));
    Map<String, List<Calibration>> calibrationsByVersion =
        calibrations.stream()
            .collect(
                Collectors.groupingBy(
                    one -> ModelKeys.version(one.getName(), one.getModelVersion())));
    for (ModelManifest manifest : manifests) {
      String key = ModelKeys.version(manifest.getName(), manifest.getVersion());
      newest.merge(manifest.getName(), manifest.getVersion(), Math::max);
      add(
          key,
          manifest,
          centresByVersion.getOrDefault(key, List.of()),
          calibrationsByVersion.getOrDefault(key, List.of()));
    }
    this.promotions = List.copyOf(promotions);
  }

  /**
   * Reads the catalogue of a cluster.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   * @param timeout longest time for each of the four topics
   */
  public static ModelCatalogue read(
      Map<String, ?> kafka, AvroSerdes serdes, Topics topics, Duration timeout) {
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(kafka)) {
      return read(consumer, serdes, topics, timeout);
    }
  }

  /** Reads the catalogue of a cluster with a consumer of the calling thread. */
  public static ModelCatalogue read(
      Consumer<String, byte[]> consumer, AvroSerdes serdes, Topics topics, Duration timeout) {
    // Manifests first: what they name was written before them, so the later reads see it.
    List<ModelManifest> manifests =
        values(consumer, serdes, topics.models(), ModelManifest.class, timeout);
    return new ModelCatalogue(
        manifests,
        values(consumer, serdes, topics.centres(), ClassCentre.class, timeout),
        values(consumer, serdes, topics.thresholds(), Calibration.class, timeout),
        values(consumer, serdes, topics.promotions(), Promotion.class, timeout));
  }

  /** Names of the models that have a whole version. */
  public SortedSet<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /** The whole versions of a model, oldest first. */
  public List<ModelVersion> versions(String name) {
    return List.copyOf(byName.getOrDefault(name, new TreeMap<>()).values());
  }

  /** A whole version. */
  public Optional<ModelVersion> version(String name, int version) {
    return Optional.ofNullable(byName.getOrDefault(name, new TreeMap<>()).get(version));
  }

  /** The number for the next version of a model: above every manifest, whole or broken. */
  public int nextVersion(String name) {
    return newest.getOrDefault(name, 0) + 1;
  }

  /** The manifest of a whole version. */
  public Optional<ModelManifest> manifest(String name, int version) {
    return version(name, version).map(ModelVersion::manifest);
  }

  /** The version that answers images of this record time, when it is whole. */
  public Optional<ModelVersion> live(String name, Instant recordTime) {
    return schedule(name).at(recordTime).stream()
        .boxed()
        .flatMap(version -> version(name, version).stream())
        .findFirst();
  }

  /** Which version of a model answers when. */
  public LiveSchedule schedule(String name) {
    return LiveSchedule.of(name, promotions);
  }

  /** Why a version that has a manifest is not in the catalogue, by {@code name/version}. */
  public Map<String, String> problems() {
    return Collections.unmodifiableMap(problems);
  }

  /** Every decision on versions of every model, in the order of their records. */
  public List<Promotion> promotions() {
    return promotions;
  }

  private void add(
      String key,
      ModelManifest manifest,
      List<ClassCentre> centres,
      List<Calibration> calibrations) {
    if (calibrations.isEmpty()) {
      problems.put(key, "the calibration is missing");
      return;
    }
    try {
      ModelSpec spec = ManifestRecords.toSpec(manifest);
      ModelVersion version =
          new ModelVersion(
              manifest,
              spec,
              CentreRecords.toDomain(spec, centres),
              CalibrationSchedule.of(calibrations, spec.classes()));
      byName.computeIfAbsent(spec.name(), name -> new TreeMap<>()).put(spec.version(), version);
    } catch (BadRecordException e) {
      problems.put(key, e.getMessage()); // one bad version must not hide the others
    }
  }

  private static <T extends SpecificRecord> List<T> values(
      Consumer<String, byte[]> consumer,
      AvroSerdes serdes,
      Topic topic,
      Class<T> type,
      Duration timeout) {
    try (Deserializer<T> deserializer = serdes.deserializer(type)) {
      return List.copyOf(
          TopicReader.latest(consumer, topic, deserializer, timeout, key -> true).values());
    }
  }
}
