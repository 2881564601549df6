package io.nirvanastreams.openset.discovery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How far a {@link FalseDiscoveryStream} has come: all that the next decision depends on.
 * Immutable.
 *
 * @param tested p-values seen
 * @param first position of the first alarm, from 1; 0 before it
 * @param later positions of the newest alarms after the first, ascending; at most {@link
 *     #MOST_ALARMS}
 */
public record FalseDiscoveryState(long tested, long first, List<Long> later) {
  /**
   * Alarms remembered after the first. What an older one adds to the level is below a
   * ten-thousandth of the target by then, and leaving it out only lowers the level, which keeps the
   * promise.
   */
  public static final int MOST_ALARMS = 1024;

  /** Before anything was seen. */
  public static final FalseDiscoveryState START = new FalseDiscoveryState(0, 0, List.of());

  private static final int FIXED = 2;

  /**
   * Copies the list and checks the order.
   *
   * @throws IllegalArgumentException when no stream can come to this state
   */
  public FalseDiscoveryState {
    later = List.copyOf(later);
    long before = first;
    for (long position : later) {
      if (first == 0 || position <= before) {
        throw new IllegalArgumentException(
            "alarms must be ascending, were " + first + ", " + later);
      }
      before = position;
    }
    if (first < 0 || before > tested || later.size() > MOST_ALARMS) {
      throw new IllegalArgumentException(
          "no stream has %d alarms up to %d after %d p-values"
              .formatted(later.size(), before, tested));
    }
  }

  /** After one more p-value. */
  FalseDiscoveryState next(boolean alarm) {
    long position = tested + 1;
    if (!alarm) {
      return new FalseDiscoveryState(position, first, later);
    }
    if (first == 0) {
      return new FalseDiscoveryState(position, position, later);
    }
    List<Long> alarms = new ArrayList<>(later);
    alarms.add(position);
    return new FalseDiscoveryState(
        position, first, alarms.subList(Math.max(0, alarms.size() - MOST_ALARMS), alarms.size()));
  }

  /** As bytes for a state store: big-endian longs, {@code tested}, {@code first}, {@code later}. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate((FIXED + later.size()) * Long.BYTES);
    bytes.putLong(tested).putLong(first);
    later.forEach(bytes::putLong);
    return bytes.array();
  }

  /**
   * From the bytes that {@link #toBytes} gave.
   *
   * @throws IllegalArgumentException when they are none
   */
  public static FalseDiscoveryState of(byte[] bytes) {
    if (bytes.length % Long.BYTES != 0 || bytes.length < FIXED * Long.BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes are no state of a stream");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long tested = buffer.getLong();
    long first = buffer.getLong();
    List<Long> later = new ArrayList<>();
    while (buffer.hasRemaining()) {
      later.add(buffer.getLong());
    }
    return new FalseDiscoveryState(tested, first, Collections.unmodifiableList(later));
  }
}
