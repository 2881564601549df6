package io.nirvanastreams.processor.gauge;

import java.nio.ByteBuffer;

/**
 * Answers that a calibration gave in one partition, and what people said of them. Immutable.
 *
 * @param alpha target of the calibration
 * @param known answers known
 * @param unknown answers unknown
 * @param labelledKnown answers known that were kept and labelled
 * @param labelledKnownOfClasses of these, of a class of the model
 * @param labelledUnknown answers unknown that were labelled
 * @param labelledUnknownOfClasses of these, of a class of the model
 */
record GaugeCounts(
    double alpha,
    long known,
    long unknown,
    long labelledKnown,
    long labelledKnownOfClasses,
    long labelledUnknown,
    long labelledUnknownOfClasses) {
  private static final int BYTES = 7 * Long.BYTES;

  static GaugeCounts start(double alpha) {
    return new GaugeCounts(alpha, 0, 0, 0, 0, 0, 0);
  }

  GaugeCounts answered(boolean asUnknown) {
    return new GaugeCounts(
        alpha,
        known + (asUnknown ? 0 : 1),
        unknown + (asUnknown ? 1 : 0),
        labelledKnown,
        labelledKnownOfClasses,
        labelledUnknown,
        labelledUnknownOfClasses);
  }

  GaugeCounts labelled(boolean asUnknown, boolean ofClasses) {
    int hit = ofClasses ? 1 : 0;
    return new GaugeCounts(
        alpha,
        known,
        unknown,
        labelledKnown + (asUnknown ? 0 : 1),
        labelledKnownOfClasses + (asUnknown ? 0 : hit),
        labelledUnknown + (asUnknown ? 1 : 0),
        labelledUnknownOfClasses + (asUnknown ? hit : 0));
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putDouble(alpha)
        .putLong(known)
        .putLong(unknown)
        .putLong(labelledKnown)
        .putLong(labelledKnownOfClasses)
        .putLong(labelledUnknown)
        .putLong(labelledUnknownOfClasses)
        .array();
  }

  static GaugeCounts of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new GaugeCounts(
        in.getDouble(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong());
  }
}
