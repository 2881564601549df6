package io.nirvanastreams.processor.consensus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last votes of a track, oldest first. Immutable.
 *
 * @param frames the votes
 */
record Frames(List<Frame> frames) {
  static final Frames NONE = new Frames(List.of());

  private static final int FORMAT = 1;

  Frames {
    frames = List.copyOf(frames);
  }

  /**
   * What most of the votes are for.
   *
   * @param label the class; null for unknown
   * @param count their number
   */
  record Most(String label, int count) {}

  /** With one more vote, without those that are too old beside it or too many. */
  Frames with(Frame newest, int most, long expiryMillis) {
    List<Frame> next = new ArrayList<>();
    for (Frame frame : frames) {
      if (newest.timeMillis() - frame.timeMillis() <= expiryMillis) {
        next.add(frame);
      }
    }
    next.add(newest);
    return new Frames(next.subList(Math.max(0, next.size() - most), next.size()));
  }

  /** Of answers with as many votes, the one that was given first. */
  Most most() {
    Map<String, Integer> counts = new LinkedHashMap<>(); // null is a key as any
    for (Frame frame : frames) {
      counts.merge(frame.label(), 1, Integer::sum);
    }
    Most most = new Most(null, 0);
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most.count()) {
        most = new Most(entry.getKey(), entry.getValue());
      }
    }
    return most;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeShort(frames.size());
      for (Frame frame : frames) {
        out.writeLong(frame.timeMillis());
        out.writeBoolean(frame.label() != null);
        if (frame.label() != null) {
          out.writeUTF(frame.label());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Frames of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "the votes of a track of format " + format + " were written by a newer version");
      }
      int count = in.readUnsignedShort();
      List<Frame> frames = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        long time = in.readLong();
        frames.add(new Frame(time, in.readBoolean() ? in.readUTF() : null));
      }
      return new Frames(frames);
    } catch (IOException e) {
      throw new IllegalStateException("the votes of a track are damaged", e);
    }
  }
}
