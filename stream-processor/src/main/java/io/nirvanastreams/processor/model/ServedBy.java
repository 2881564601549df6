package io.nirvanastreams.processor.model;

import io.nirvanastreams.openset.calibration.OpenSetClassifier;
import java.util.function.UnaryOperator;

/**
 * Who answered: all that an answer says about the model. Immutable.
 *
 * @param modelName name of the model
 * @param modelVersion its version
 * @param weightsSha256 SHA-256 of its weights
 * @param thresholdVersion version of the calibration
 * @param scoreName name of the score that is decided on
 * @param classifier judges the model's embeddings with that calibration
 * @param grouping turns a representation into the embedding that unknowns are grouped by
 */
public record ServedBy(
    String modelName,
    int modelVersion,
    String weightsSha256,
    String thresholdVersion,
    String scoreName,
    OpenSetClassifier classifier,
    UnaryOperator<float[]> grouping) {}
