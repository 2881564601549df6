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
 * @param calibration how scores become decisions
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by name and version, never as a record.
public record ModelVersion(
    ModelManifest manifest, ModelSpec spec, float[][] centres, OpenSetCalibration calibration) {}
