package io.nirvanastreams.openset.grouping;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Clusters as bytes, for a state store. Reading what was written gives an equal cluster, bit for
 * bit.
 *
 * <p>The first byte is the version of the format. Stateless, safe for any thread.
 */
public final class ClusterCodec {

  private static final int FORMAT = 1;

  private ClusterCodec() {}

  /** The bytes of a cluster. */
  public static byte[] write(Cluster cluster) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(cluster.id());
      out.writeLong(cluster.size());
      out.writeInt(cluster.mean().length);
      for (float value : cluster.mean()) {
        out.writeFloat(value);
      }
      out.writeLong(cluster.firstSeen());
      out.writeLong(cluster.lastSeen());
      out.writeInt(cluster.exemplars().size());
      for (String exemplar : cluster.exemplars()) {
        out.writeUTF(exemplar);
      }
      out.writeBoolean(cluster.born());
      out.writeInt(cluster.waiting().size());
      for (Member member : cluster.waiting()) {
        out.writeUTF(member.eventId());
        out.writeDouble(member.distance());
        out.writeLong(member.timeMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The cluster of the bytes.
   *
   * @throws IllegalArgumentException when they were not written by {@link #write} or are cut off
   */
  public static Cluster read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("cluster in format " + format + ", expected " + FORMAT);
      }
      String id = in.readUTF();
      long size = in.readLong();
      float[] mean = new float[count(in, Float.BYTES)];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = in.readFloat();
      }
      long firstSeen = in.readLong();
      long lastSeen = in.readLong();
      List<String> exemplars = new ArrayList<>();
      for (int left = count(in, Short.BYTES); left > 0; left--) {
        exemplars.add(in.readUTF());
      }
      boolean born = in.readBoolean();
      List<Member> waiting = new ArrayList<>();
      for (int left = count(in, Short.BYTES); left > 0; left--) {
        waiting.add(new Member(in.readUTF(), in.readDouble(), in.readLong()));
      }
      return new Cluster(id, size, mean, firstSeen, lastSeen, exemplars, born, waiting);
    } catch (IOException e) {
      throw new IllegalArgumentException("the bytes of the cluster are cut off or damaged", e);
    }
  }

  /** A count that the remaining bytes can hold, so that damaged bytes cannot ask for all memory. */
  private static int count(DataInputStream in, int smallest) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / smallest) {
      throw new IOException("impossible count " + count);
    }
    return count;
  }
}
