package io.nirvanastreams.records;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.schemas.Calibration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which calibration of one model version decides at which record time: the one with the greatest
 * effectiveFrom that is not after it, the first for older images. A function of the records alone,
 * so that every instance and every replay decides the same. Immutable; safe from any thread.
 *
 * @param byTime calibrations by the record time from which they decide, milliseconds; one at least
 */
public record CalibrationSchedule(NavigableMap<Long, OpenSetCalibration> byTime) {
  /** Copies the map. */
  public CalibrationSchedule {
    if (byTime.isEmpty()) {
      throw new IllegalArgumentException("a schedule has at least one calibration");
    }
    byTime = Collections.unmodifiableNavigableMap(new TreeMap<>(byTime));
  }

  /** One calibration for all times. */
  public static CalibrationSchedule always(OpenSetCalibration calibration) {
    return new CalibrationSchedule(new TreeMap<>(Map.of(0L, calibration)));
  }

  /**
   * The schedule of records of one version; of two that hold from the same time, the one made last.
   * Records that do not fit are left out: a bad one must not take the good ones with it.
   *
   * @param records one at least
   * @param classes of the version, in vertex order
   * @throws BadRecordException when none fits
   */
  public static CalibrationSchedule of(Collection<Calibration> records, List<String> classes) {
    NavigableMap<Long, OpenSetCalibration> byTime = new TreeMap<>();
    BadRecordException why = null;
    for (Calibration record :
        records.stream().sorted(Comparator.comparing(Calibration::getCreatedAt)).toList()) {
      try {
        byTime.put(record.getEffectiveFrom().toEpochMilli(), fitting(record, classes));
      } catch (BadRecordException e) {
        why = e;
      }
    }
    if (byTime.isEmpty()) {
      throw why == null ? new BadRecordException("the calibration is missing") : why;
    }
    return new CalibrationSchedule(byTime);
  }

  private static OpenSetCalibration fitting(Calibration record, List<String> classes) {
    OpenSetCalibration calibration = CalibrationRecords.toDomain(record);
    if (!calibration.labels().equals(classes)) {
      throw new BadRecordException(
          "the calibration "
              + calibration.version()
              + " is for the classes "
              + calibration.labels()
              + ", the model has "
              + classes);
    }
    return calibration;
  }

  /** The calibration that decides about images of a record time. */
  public OpenSetCalibration at(long recordTime) {
    Map.Entry<Long, OpenSetCalibration> entry = byTime.floorEntry(recordTime);
    return entry == null ? byTime.firstEntry().getValue() : entry.getValue();
  }

  /** The calibration that decides in the end. */
  public OpenSetCalibration newest() {
    return byTime.lastEntry().getValue();
  }
}
