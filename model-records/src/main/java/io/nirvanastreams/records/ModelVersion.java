package io.nirvanastreams.records;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.schemas.ModelManifest;

/**
 * A whole model version as the topics hold it. Immutable by convention: the arrays are shared.
 *
 * @param manifest the manifest record
 * @param spec what the manifest says the model is
 * @param centres class centres in vertex order
 * @param calibrations how scores become decisions, and from when
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by name and version, never as a record.
public record ModelVersion(
    ModelManifest manifest, ModelSpec spec, float[][] centres, CalibrationSchedule calibrations) {
  /** A version with one calibration for all times. */
  public ModelVersion(
      ModelManifest manifest, ModelSpec spec, float[][] centres, OpenSetCalibration calibration) {
    this(manifest, spec, centres, CalibrationSchedule.always(calibration));
  }

  /** The newest calibration. */
  public OpenSetCalibration calibration() {
    return calibrations.newest();
  }

  /** This version with its newest calibration for images of all times. */
  public ModelVersion newestThroughout() {
    return new ModelVersion(manifest, spec, centres, calibrations.newest());
  }
}
