package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.records.CalibrationSchedule;
import io.nirvanastreams.records.CandidateSchedule;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the control topics say about one model so far. The topics are read side by side, so a
 * version is whole only when manifest, a centre for each class, and a calibration are all there.
 * Not thread-safe; its owner guards it.
 */
final class Declarations {
  private static final Duration PREPARED_FOR = Duration.ofHours(1);

  private final String modelName;
  private final Map<String, ModelManifest> manifests = new HashMap<>();
  private final Map<String, Map<String, ClassCentre>> centres = new HashMap<>();
  private final Map<Integer, Map<String, Calibration>> calibrations = new HashMap<>();
  private final Map<String, Promotion> promotions = new HashMap<>();

  Declarations(String modelName) {
    this.modelName = modelName;
  }

  /** The version that a key names; empty for keys of other models. */
  OptionalInt version(String key) {
    String prefix = modelName + "/";
    if (key == null || !key.startsWith(prefix)) {
      return OptionalInt.empty();
    }
    String rest = key.substring(prefix.length());
    int end = rest.indexOf('/');
    try {
      return OptionalInt.of(Integer.parseInt(end < 0 ? rest : rest.substring(0, end)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** Takes a manifest; true when it is news. */
  boolean manifest(String key, ModelManifest manifest) {
    return put(manifests, key, manifest);
  }

  /** Takes a calibration; true when it is news. */
  boolean calibration(int version, String key, Calibration calibration) {
    return put(
        calibrations.computeIfAbsent(version, any -> new LinkedHashMap<>()), key, calibration);
  }

  /** Takes a promotion; true when it is news. */
  boolean promotion(String key, Promotion promotion) {
    return put(promotions, key, promotion);
  }

  /** Takes a centre; true when it is news. */
  boolean centre(int version, String key, ClassCentre centre) {
    return put(
        centres.computeIfAbsent(ModelKeys.version(modelName, version), any -> new HashMap<>()),
        key,
        centre);
  }

  /** LIVE versions by the record time they answer from; of two with the same, the higher. */
  NavigableMap<Long, Integer> live() {
    NavigableMap<Long, Integer> live = new TreeMap<>();
    for (Promotion promotion : promotions.values()) {
      if (promotion.getRole() == ModelRole.LIVE) {
        live.merge(promotion.getEffectiveFrom().toEpochMilli(), promotion.getVersion(), Math::max);
      }
    }
    return live;
  }

  /** Which version has a role beside the live one, for what and when. */
  CandidateSchedule candidates(ModelRole role) {
    return CandidateSchedule.of(role, modelName, promotions.values());
  }

  /**
   * Whether a version shall be loaded before it has a role: until something else is decided about
   * it. A request that its author never took back ends by itself.
   */
  boolean prepared(int version, long nowMillis) {
    return promotions.values().stream()
        .filter(decision -> decision.getVersion() == version)
        .max(
            Comparator.comparing(Promotion::getDecidedAt)
                .thenComparing(decision -> decision.getRole() != ModelRole.PREPARED))
        .filter(last -> last.getRole() == ModelRole.PREPARED)
        .filter(last -> last.getDecidedAt().toEpochMilli() > nowMillis - PREPARED_FOR.toMillis())
        .isPresent();
  }

  /**
   * The manifest of the version before one: the greatest lower number that is or was live, else the
   * one it was learned from; null when there is none.
   *
   * @param refused versions that do not count
   */
  ModelManifest before(int version, Set<Integer> refused) {
    int before =
        live().values().stream()
            .filter(other -> other < version && !refused.contains(other))
            .max(Integer::compare)
            .orElseGet(() -> parent(version));
    return manifests.get(ModelKeys.version(modelName, before));
  }

  private int parent(int version) {
    ModelManifest manifest = manifests.get(ModelKeys.version(modelName, version));
    return manifest == null ? 0 : manifest.getParentVersion();
  }

  /**
   * The calibrations of a version.
   *
   * @param classes of the version, in vertex order
   * @throws io.nirvanastreams.records.BadRecordException when none fits
   */
  CalibrationSchedule calibrations(int version, List<String> classes) {
    return CalibrationSchedule.of(calibrations.getOrDefault(version, Map.of()).values(), classes);
  }

  /**
   * A version with all its parts; empty while one is missing.
   *
   * @throws io.nirvanastreams.records.BadRecordException when the parts contradict each other
   */
  Optional<ModelVersion> whole(int version) {
    String key = ModelKeys.version(modelName, version);
    ModelManifest manifest = manifests.get(key);
    Map<String, ClassCentre> ofVersion = centres.getOrDefault(key, Map.of());
    if (manifest == null || calibrations.getOrDefault(version, Map.of()).isEmpty()) {
      return Optional.empty();
    }
    for (String label : manifest.getClasses()) {
      if (!ofVersion.containsKey(ModelKeys.centre(modelName, version, label))) {
        return Optional.empty();
      }
    }
    ModelSpec spec = ManifestRecords.toSpec(manifest);
    return Optional.of(
        new ModelVersion(
            manifest,
            spec,
            CentreRecords.toDomain(spec, ofVersion.values()),
            calibrations(version, spec.classes())));
  }

  private static <T> boolean put(Map<String, T> map, String key, T value) {
    T before = value == null ? map.remove(key) : map.put(key, value);
    return !Objects.equals(before, value);
  }
}
