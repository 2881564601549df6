package io.nirvanastreams.openset;

import java.util.Random;

/** Vectors scattered around directions, from a seed. */
public final class Blobs {

  private final Random random;

  /** Every sequence of calls gives the same vectors for the same seed. */
  public Blobs(long seed) {
    random = new Random(seed);
  }

  /** A vector near a centre: Gaussian noise of the given spread in every coordinate. */
  public float[] near(float[] centre, double spread) {
    float[] vector = new float[centre.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (centre[i] + spread * random.nextGaussian());
    }
    return vector;
  }

  /** The unit vector along one axis. */
  public static float[] axis(int dimension, int index) {
    float[] vector = new float[dimension];
    vector[index] = 1;
    return vector;
  }

  /** A direction with no preference. */
  public float[] anywhere(int dimension) {
    return near(new float[dimension], 1);
  }
}
