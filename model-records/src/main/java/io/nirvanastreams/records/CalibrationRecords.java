package io.nirvanastreams.records;

import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.serde.Vectors;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calibrations to and from their records, bit for bit. Stateless. */
public final class CalibrationRecords {
  private CalibrationRecords() {}

  /** The record of the calibration of a model version. */
  public static Calibration toRecord(
      String modelName, int modelVersion, OpenSetCalibration calibration, Instant createdAt) {
    return Calibration.newBuilder()
        .setName(modelName)
        .setVersion(calibration.version())
        .setModelVersion(modelVersion)
        .setAlpha(calibration.alpha())
        .setMethod(calibration.method())
        .setScore(calibration.score())
        .setScoreParameters(calibration.scoreParameters())
        .setEmbeddingDimension(embeddingDimension(calibration.classes()))
        .setClasses(calibration.classes().stream().map(CalibrationRecords::toRecord).toList())
        .setCreatedAt(createdAt)
        .setFitted(toRecord(calibration.fitted()))
        .build();
  }

  /**
   * The calibration that a record holds.
   *
   * @throws BadRecordException when the record does not hold one
   */
  public static OpenSetCalibration toDomain(Calibration calibration) {
    int columns = calibration.getEmbeddingDimension();
    try {
      return new OpenSetCalibration(
          calibration.getVersion(),
          calibration.getAlpha(),
          calibration.getMethod(),
          calibration.getScore(),
          calibration.getScoreParameters(),
          calibration.getClasses().stream().map(one -> toDomain(one, columns)).toList(),
          toDomain(calibration.getFitted()));
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(
          "calibration "
              + ModelKeys.version(calibration.getName(), calibration.getModelVersion())
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static Map<String, ByteBuffer> toRecord(FittedParameters fitted) {
    Map<String, ByteBuffer> packed = new TreeMap<>();
    fitted.arrays().forEach((name, array) -> packed.put(name, Vectors.pack(array)));
    return packed;
  }

  private static FittedParameters toDomain(Map<String, ByteBuffer> packed) {
    Map<String, float[]> arrays = new TreeMap<>();
    packed.forEach((name, bytes) -> arrays.put(name, Vectors.floats(bytes)));
    return new FittedParameters(arrays);
  }

  private static io.nirvanastreams.schemas.ClassCalibration toRecord(ClassCalibration one) {
    return io.nirvanastreams.schemas.ClassCalibration.newBuilder()
        .setLabel(one.label())
        .setScores(Vectors.pack(one.scores()))
        .setReferences(Vectors.pack(one.references()))
        .build();
  }

  private static ClassCalibration toDomain(
      io.nirvanastreams.schemas.ClassCalibration one, int columns) {
    return new ClassCalibration(
        one.getLabel(),
        Vectors.doubles(one.getScores()),
        Vectors.rows(one.getReferences(), columns));
  }

  private static int embeddingDimension(List<ClassCalibration> classes) {
    return classes.stream()
        .map(ClassCalibration::references)
        .filter(references -> references.length > 0)
        .mapToInt(references -> references[0].length)
        .findFirst()
        .orElse(0);
  }
}
