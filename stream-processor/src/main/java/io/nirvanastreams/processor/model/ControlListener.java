package io.nirvanastreams.processor.model;

import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;

/**
 * Takes the records of the control topics, latest last; a null value is a deletion. Called by the
 * thread that reads the control topics, and must not hold it up.
 */
public interface ControlListener {
  /** A record of the models topic. */
  void manifest(String key, ModelManifest manifest);

  /** A record of the centres topic. */
  void centre(String key, ClassCentre centre);

  /** A record of the thresholds topic. */
  void calibration(String key, Calibration calibration);

  /** A record of the promotions topic. */
  void promotion(String key, Promotion promotion);
}
