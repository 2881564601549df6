package io.nirvanastreams.processor.model;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.CalibrationSchedule;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Who answered: all that an answer says about the model. The calibrations are those that were
 * declared when its batch began; which of them judges an image depends on the image's record time
 * alone. Immutable to its users; safe for any thread.
 */
public final class ServedBy {
  private final String modelName;
  private final int modelVersion;
  private final String weightsSha256;
  private final NavigableMap<Long, Seat> seats = new TreeMap<>();

  /**
   * A model with these calibrations; the newest is ready to judge at once.
   *
   * @param centres class centres in vertex order
   * @param before of the same model: judges that it has made are taken over; null for none
   */
  ServedBy(
      String modelName,
      int modelVersion,
      String weightsSha256,
      float[][] centres,
      CalibrationSchedule calibrations,
      ServedBy before) {
    this.modelName = modelName;
    this.modelVersion = modelVersion;
    this.weightsSha256 = weightsSha256;
    calibrations
        .byTime()
        .forEach(
            (from, calibration) -> {
              Seat old = before == null ? null : before.seats.get(from);
              boolean same = old != null && old.calibration.equals(calibration);
              seats.put(from, same ? old : new Seat(centres, calibration));
            });
    var unused = seats.lastEntry().getValue().judge();
  }

  /** Name of the model. */
  public String modelName() {
    return modelName;
  }

  /** Its version. */
  public int modelVersion() {
    return modelVersion;
  }

  /** SHA-256 of its weights. */
  public String weightsSha256() {
    return weightsSha256;
  }

  /** Who judges images of a record time, in milliseconds since 1970. */
  public Judge at(long recordTime) {
    Map.Entry<Long, Seat> entry = seats.floorEntry(recordTime);
    return (entry == null ? seats.firstEntry() : entry).getValue().judge();
  }

  /** A judge that is made when first asked for: of many calibrations few ever judge. */
  private static final class Seat {
    private final float[][] centres;
    private final OpenSetCalibration calibration;
    private volatile Judge judge;

    Seat(float[][] centres, OpenSetCalibration calibration) {
      this.centres = centres;
      this.calibration = calibration;
    }

    Judge judge() {
      Judge made = judge;
      if (made == null) {
        made = Judge.of(centres, calibration); // two at once make the same
        judge = made;
      }
      return made;
    }
  }
}
