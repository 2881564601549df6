package io.nirvanastreams.processor.group;

import io.nirvanastreams.openset.grouping.ClusterCodec;
import io.nirvanastreams.schemas.Exemplar;
import io.nirvanastreams.schemas.GroupState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * The grouping's state as bytes of its store. Private to the processor: other readers use the
 * topics. Each value begins with its format. Stateless.
 */
final class GroupCodec {
  private static final int FORMAT = 1;

  private GroupCodec() {}

  static byte[] write(TrackedGroup group) {
    return bytes(
        out -> {
          byte[] cluster = ClusterCodec.write(group.cluster());
          out.writeInt(cluster.length);
          out.write(cluster);
          out.writeUTF(group.state().name());
          out.writeBoolean(group.label() != null);
          out.writeUTF(group.label() == null ? "" : group.label());
          out.writeLong(group.publishedSize());
          out.writeLong(group.alertedSize());
          out.writeLong(group.alertedAt());
        });
  }

  static TrackedGroup readGroup(byte[] bytes) {
    return read(
        bytes,
        in -> {
          byte[] cluster = in.readNBytes(in.readInt());
          GroupState state = GroupState.valueOf(in.readUTF());
          boolean labelled = in.readBoolean();
          String label = in.readUTF();
          return new TrackedGroup(
              ClusterCodec.read(cluster),
              state,
              labelled ? label : null,
              in.readLong(),
              in.readLong(),
              in.readLong());
        });
  }

  static byte[] write(ScopeState scope) {
    return bytes(
        out -> {
          out.writeUTF(scope.modelName());
          out.writeInt(scope.modelVersion());
          out.writeLong(scope.since());
          out.writeLong(scope.windowStart());
          out.writeLong(scope.knowns());
          out.writeLong(scope.unknowns());
          out.writeLong(scope.floodAlertedAt());
        });
  }

  static ScopeState readScope(byte[] bytes) {
    return read(
        bytes,
        in ->
            new ScopeState(
                in.readUTF(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong()));
  }

  static byte[] write(Exemplar exemplar) {
    return bytes(
        out -> {
          out.writeUTF(exemplar.getEventId());
          out.writeUTF(exemplar.getMediaType());
          ByteBuffer image = exemplar.getBytes().duplicate();
          byte[] copy = new byte[image.remaining()];
          image.get(copy);
          out.writeInt(copy.length);
          out.write(copy);
        });
  }

  static Exemplar readExemplar(byte[] bytes) {
    return read(
        bytes,
        in ->
            Exemplar.newBuilder()
                .setEventId(in.readUTF())
                .setMediaType(in.readUTF())
                .setBytes(ByteBuffer.wrap(in.readNBytes(in.readInt())))
                .build());
  }

  static byte[] write(Instant time) {
    return bytes(out -> out.writeLong(time.toEpochMilli()));
  }

  static Instant readTime(byte[] bytes) {
    return read(bytes, in -> Instant.ofEpochMilli(in.readLong()));
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "grouping state of format " + format + " was written by a newer version");
      }
      return reading.from(in);
    } catch (IOException e) {
      throw new IllegalStateException("grouping state is damaged", e);
    }
  }
}
