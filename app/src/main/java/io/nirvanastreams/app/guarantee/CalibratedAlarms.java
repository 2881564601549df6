package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.schemas.Calibration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Known images are answered UNKNOWN at most alpha of the time, as far as chance over the finite
 * calibration and the finite stream explains. Every version is judged by its own calibration, so
 * the streamed images must be exchangeable with those it was calibrated on. Stateless.
 */
public final class CalibratedAlarms implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    Map<String, String> truths = new HashMap<>();
    evidence.images().forEach(image -> truths.put(image.eventId(), image.truth()));
    List<Calibration> calibrations = evidence.models().calibrations();
    // Of many versions one may be unlucky; together they are as rarely as one alone.
    double confidence = 1 - (1 - AlarmRate.CONFIDENCE) / Math.max(1, calibrations.size());
    List<String> violations = new ArrayList<>();
    long images = 0;
    double flagged = 0;
    double alpha = 0;
    for (Calibration record : calibrations) {
      OpenSetCalibration calibration = CalibrationRecords.toDomain(record);
      AlarmRate rate =
          AlarmRate.of(
              record.getModelVersion(), calibration, evidence.answers(), truths, confidence);
      images += rate.images();
      flagged += rate.measured() * rate.images();
      alpha = Math.max(alpha, calibration.alpha());
      if (!rate.withinPromise()) {
        violations.add(
            String.format(
                Locale.ROOT,
                "version %d: %.4f of %d known images answered UNKNOWN, %.4f explained",
                record.getModelVersion(),
                rate.measured(),
                rate.images(),
                rate.bound()));
      }
    }
    String figures =
        String.format(
            Locale.ROOT,
            "alpha %.2f, %.4f of %,d known images answered UNKNOWN",
            alpha,
            images == 0 ? 0 : flagged / images,
            images);
    return Finding.of(this, images > 0, figures, violations);
  }
}
