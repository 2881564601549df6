package io.nirvanastreams.trainer.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded shuffling of positions, and seeds derived from a seed. Stateless. */
public final class Shuffle {
  private Shuffle() {}

  /** Shuffles in place (Fisher-Yates), the same way for the same state of the generator. */
  public static void shuffle(int[] values, Random random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /** So many of the positions 0 to {@code size - 1} at most, chosen by seed, ascending. */
  public static int[] choose(int size, int most, long seed) {
    int[] all = IntStream.range(0, size).toArray();
    if (most >= size) {
      return all;
    }
    shuffle(all, new Random(seed(seed, size)));
    int[] chosen = Arrays.copyOf(all, most);
    Arrays.sort(chosen);
    return chosen;
  }

  /**
   * A seed for one purpose out of many. Neighbouring seeds give unrelated streams (the finaliser of
   * SplitMix64), which {@code seed + purpose} would not.
   */
  public static long seed(long seed, long purpose) {
    long mixed = seed * 0x9E3779B97F4A7C15L + (purpose + 1) * 0xD1B54A32D192ED03L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
