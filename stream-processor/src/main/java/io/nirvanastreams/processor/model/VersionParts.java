package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.records.CalibrationSchedule;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The records of one version as far as they were told. Its owner guards it. */
final class VersionParts {
  private final Map<String, ClassCentre> centres = new HashMap<>();
  private final Map<String, Calibration> calibrations = new LinkedHashMap<>();
  private ModelManifest manifest;

  /** The manifest; null while there is none. */
  ModelManifest manifest() {
    return manifest;
  }

  boolean manifest(ModelManifest news) {
    boolean changed = !Objects.equals(manifest, news);
    manifest = news;
    return changed;
  }

  boolean centre(String key, ClassCentre centre) {
    return put(centres, key, centre);
  }

  /** Takes a calibration; of more than so many, those that hold earliest go. */
  boolean calibration(String key, Calibration calibration, int most) {
    boolean changed = put(calibrations, key, calibration);
    while (calibrations.size() > most) {
      calibrations.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().getEffectiveFrom()))
          .map(Map.Entry::getKey)
          .ifPresent(calibrations::remove);
    }
    return changed;
  }

  /**
   * The calibrations.
   *
   * @param classes of the version, in vertex order
   * @throws io.nirvanastreams.records.BadRecordException when none fits
   */
  CalibrationSchedule calibrations(List<String> classes) {
    return CalibrationSchedule.of(calibrations.values(), classes);
  }

  /**
   * The version; empty while a part is missing.
   *
   * @throws io.nirvanastreams.records.BadRecordException when the parts contradict each other
   */
  Optional<ModelVersion> whole() {
    if (manifest == null || calibrations.isEmpty()) {
      return Optional.empty();
    }
    for (String label : manifest.getClasses()) {
      if (!centres.containsKey(
          ModelKeys.centre(manifest.getName(), manifest.getVersion(), label))) {
        return Optional.empty();
      }
    }
    ModelSpec spec = ManifestRecords.toSpec(manifest);
    return Optional.of(
        new ModelVersion(
            manifest,
            spec,
            CentreRecords.toDomain(spec, centres.values()),
            calibrations(spec.classes())));
  }

  private static <T> boolean put(Map<String, T> map, String key, T value) {
    T before = value == null ? map.remove(key) : map.put(key, value);
    return !Objects.equals(before, value);
  }
}
