package io.nirvanastreams.records;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.schemas.ProbeBatch;
import io.nirvanastreams.schemas.serde.Vectors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs with the features they must give. Immutable by convention: the arrays are shared.
 *
 * @param inputs uint8 images, HWC
 * @param features one row of D values per input
 * @param tolerance largest absolute difference that is allowed between devices and engines
 */
@SuppressWarnings("ArrayRecordComponent") // A handful of rows, never compared as a record.
public record Probe(List<byte[]> inputs, float[][] features, double tolerance) {
  /** The tolerance when none is given: float32 rounding of another device, with room. */
  public static final double DEFAULT_TOLERANCE = 1e-3;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when inputs and features differ in number
   */
  public Probe {
    inputs = List.copyOf(inputs);
    if (inputs.size() != features.length) {
      throw new IllegalArgumentException(
          inputs.size() + " probe inputs have " + features.length + " features");
    }
  }

  /**
   * The probe that a record holds.
   *
   * @throws BadRecordException when the record does not fit the model's input or dimension
   */
  public static Probe of(ProbeBatch batch, InputShape input, int dimension) {
    ByteBuffer bytes = batch.getInputs().duplicate();
    if (bytes.remaining() != (long) batch.getCount() * input.size()) {
      throw new BadRecordException(
          "probe: " + bytes.remaining() + " bytes are not " + batch.getCount() + " images");
    }
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < batch.getCount(); i++) {
      byte[] pixels = new byte[input.size()];
      bytes.get(pixels);
      inputs.add(pixels);
    }
    try {
      return new Probe(inputs, Vectors.rows(batch.getFeatures(), dimension), batch.getTolerance());
    } catch (IllegalArgumentException e) {
      throw new BadRecordException("probe: " + e.getMessage(), e);
    }
  }

  /** The record of this probe. */
  public ProbeBatch toRecord() {
    ByteBuffer bytes = ByteBuffer.allocate(inputs.stream().mapToInt(one -> one.length).sum());
    inputs.forEach(bytes::put);
    return ProbeBatch.newBuilder()
        .setCount(inputs.size())
        .setInputs(bytes.flip())
        .setFeatures(Vectors.pack(features))
        .setTolerance(tolerance)
        .build();
  }

  /**
   * The largest absolute difference between what a model gave for the inputs and what it must give;
   * infinite when the shape differs or a value is not a number.
   */
  public double largestDifference(float[][] given) {
    if (given.length != features.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int row = 0; row < features.length; row++) {
      if (given[row].length != features[row].length) {
        return Double.POSITIVE_INFINITY;
      }
      for (int column = 0; column < features[row].length; column++) {
        double difference = Math.abs((double) given[row][column] - features[row][column]);
        if (Double.isNaN(difference)) {
          return Double.POSITIVE_INFINITY;
        }
        largest = Math.max(largest, difference);
      }
    }
    return largest;
  }
}
