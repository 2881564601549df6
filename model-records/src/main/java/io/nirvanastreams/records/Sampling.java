package io.nirvanastreams.records;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Takes a share of ids by their hashes alone, so that every instance and every replay takes the
 * same, and a larger share takes all of a smaller one. Stateless.
 */
public final class Sampling {
  private static final double HASHES = 1L << Integer.SIZE;

  private Sampling() {}

  /**
   * Whether an id is of the share.
   *
   * @param salt another salt takes another sample
   * @param share between 0 for none and 1 for all
   */
  public static boolean takes(String id, String salt, double share) {
    CRC32 crc = new CRC32();
    crc.update((salt + "/" + id).getBytes(StandardCharsets.UTF_8));
    return Integer.toUnsignedLong(mixed((int) crc.getValue())) < share * HASHES;
  }

  /** CRC is linear: ids that differ in a digit would lie at regular distances (MurmurHash3). */
  private static int mixed(int hash) {
    int mixed = hash;
    mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return mixed ^ mixed >>> 16;
  }
}
