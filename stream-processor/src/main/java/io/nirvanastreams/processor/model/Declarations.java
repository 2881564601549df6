package io.nirvanastreams.processor.model;

import io.nirvanastreams.records.CalibrationSchedule;
import io.nirvanastreams.records.CandidateSchedule;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What the control topics say about one model so far. The topics are read side by side, so a
 * version is whole only when manifest, a centre for each class, and a calibration are all there.
 *
 * <p>Every version there ever was is told of. What is large of most of them is forgotten again; of
 * those their manifests without probe stay, since later versions are compared with them.
 *
 * <p>Not thread-safe; its owner guards it.
 */
final class Declarations {
  private static final Duration PREPARED_FOR = Duration.ofHours(1);

  private final String modelName;
  private final Retention retention;
  private final NavigableMap<Integer, VersionParts> parts = new TreeMap<>();
  private final Map<Integer, ModelManifest> forgotten = new HashMap<>();
  private final Map<String, Promotion> promotions = new HashMap<>();

  Declarations(String modelName, Retention retention) {
    this.modelName = modelName;
    this.retention = retention;
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
  boolean manifest(int version, ModelManifest manifest) {
    return parts(version).manifest(manifest);
  }

  /** Takes a calibration; true when it is news. */
  boolean calibration(int version, String key, Calibration calibration) {
    return parts(version).calibration(key, calibration, retention.calibrations());
  }

  /** Takes a centre; true when it is news. */
  boolean centre(int version, String key, ClassCentre centre) {
    return parts(version).centre(key, centre);
  }

  /** Takes a promotion; true when it is news. */
  boolean promotion(String key, Promotion promotion) {
    Promotion before = promotion == null ? promotions.remove(key) : promotions.put(key, promotion);
    return !Objects.equals(before, promotion);
  }

  /** Forgets the parts of versions that are neither needed nor of the newest. */
  void forget(IntPredicate needed) {
    int surplus = parts.size() - retention.newest();
    for (Integer version : List.copyOf(parts.keySet())) {
      if (surplus > 0 && !needed.test(version)) {
        ModelManifest manifest = parts.remove(version).manifest();
        if (manifest != null) {
          forgotten.put(version, ModelManifest.newBuilder(manifest).setProbe(null).build());
        } else {
          forgotten.putIfAbsent(version, null);
        }
      }
      surplus--;
    }
  }

  /** Whether there was more of a version than is kept of it. */
  boolean forgotten(int version) {
    return forgotten.containsKey(version);
  }

  /** The parts of a forgotten version are told again from here on. */
  void recalled(int version) {
    forgotten.remove(version);
  }

  /** Versions whose parts are in memory. */
  Set<Integer> kept() {
    return Set.copyOf(parts.keySet());
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
    return manifest(before);
  }

  /**
   * The calibrations of a version.
   *
   * @param classes of the version, in vertex order
   * @throws io.nirvanastreams.records.BadRecordException when none fits
   */
  CalibrationSchedule calibrations(int version, List<String> classes) {
    return parts.getOrDefault(version, new VersionParts()).calibrations(classes);
  }

  /**
   * A version with all its parts; empty while one is missing.
   *
   * @throws io.nirvanastreams.records.BadRecordException when the parts contradict each other
   */
  Optional<ModelVersion> whole(int version) {
    return parts.containsKey(version) ? parts(version).whole() : Optional.empty();
  }

  private int parent(int version) {
    ModelManifest manifest = manifest(version);
    return manifest == null ? 0 : manifest.getParentVersion();
  }

  private ModelManifest manifest(int version) {
    VersionParts kept = parts.get(version);
    return kept != null && kept.manifest() != null ? kept.manifest() : forgotten.get(version);
  }

  private VersionParts parts(int version) {
    return parts.computeIfAbsent(version, any -> new VersionParts());
  }
}
