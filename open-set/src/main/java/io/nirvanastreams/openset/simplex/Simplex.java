package io.nirvanastreams.openset.simplex;

import java.util.Arrays;

/**
 * The D+1 vertices of a regular simplex on the sphere of radius E in D dimensions; the class
 * centres.
 *
 * <p>Vertices are a pure function of dimension and radius: the class on vertex i keeps it, bit for
 * bit, whatever classes are added after it (Nirvana paper, section on maximally separated centres).
 * They are computed in double and rounded once to float. All have length E, all pairs have the
 * inner product -E^2/D and the squared distance 2 E^2 (1 + 1/D).
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class Simplex {

  private final int dimension;
  private final double expand;

  private Simplex(int dimension, double expand) {
    this.dimension = dimension;
    this.expand = expand;
  }

  /**
   * The simplex of a feature space.
   *
   * @param dimension D, at least 1
   * @param expand E, the radius, above 0 and finite
   * @throws IllegalArgumentException when a parameter is outside its range
   */
  public static Simplex of(int dimension, double expand) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be at least 1, was " + dimension);
    }
    if (!(expand > 0) || Double.isInfinite(expand)) {
      throw new IllegalArgumentException("expand must be positive and finite, was " + expand);
    }
    return new Simplex(dimension, expand);
  }

  /** D, the number of coordinates of a vertex. */
  public int dimension() {
    return dimension;
  }

  /** E, the distance of every vertex from the origin. */
  public double expand() {
    return expand;
  }

  /** How many classes fit: D + 1. */
  public int capacity() {
    return dimension + 1;
  }

  /** Squared distance between any two vertices: 2 E^2 (1 + 1/D). */
  public double squaredEdge() {
    return 2 * expand * expand * (1 + 1.0 / dimension);
  }

  /**
   * The coordinates of one vertex, a new array of D values.
   *
   * @param index 0 .. D
   * @throws IndexOutOfBoundsException when the simplex has no such vertex
   */
  public float[] vertex(int index) {
    if (index < 0 || index > dimension) {
      throw new IndexOutOfBoundsException(
          "vertex " + index + " of a simplex with " + capacity() + " vertices");
    }
    double d = dimension;
    // StrictMath is not needed: sqrt is correctly rounded by definition, so the bits are portable.
    double base = index == 0 ? 1 / Math.sqrt(d) : -(1 + Math.sqrt(d + 1)) / (d * Math.sqrt(d));
    float[] vertex = new float[dimension];
    Arrays.fill(vertex, (float) (expand * base));
    if (index > 0) {
      vertex[index - 1] = (float) (expand * (base + Math.sqrt((d + 1) / d)));
    }
    return vertex;
  }

  /**
   * The first vertices, the centres of a model with that many classes.
   *
   * @throws IllegalArgumentException when the simplex has fewer vertices: the model needs a larger
   *     dimension
   */
  public float[][] first(int count) {
    if (count < 0 || count > capacity()) {
      throw new IllegalArgumentException(
          count + " classes need a dimension of at least " + (count - 1) + ", it is " + dimension);
    }
    float[][] centres = new float[count][];
    for (int i = 0; i < count; i++) {
      centres[i] = vertex(i);
    }
    return centres;
  }
}
