package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.simplex.Simplex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeVertexScoreTest {

  @ParameterizedTest
  @CsvSource({"32,6,6", "8,2,1", "5,6,5", "1,3,1"})
  void shouldEqualThePlainComputation(int dimension, double expand, int classes) {
    Simplex simplex = Simplex.of(dimension, expand);
    Score score = score(simplex.first(classes));
    Blobs blobs = new Blobs(1);
    for (int trial = 0; trial < 20; trial++) {
      float[] feature = blobs.anywhere(dimension);
      double least = Double.POSITIVE_INFINITY;
      for (int vertex = classes; vertex < simplex.capacity(); vertex++) {
        double square = 0;
        for (int i = 0; i < dimension; i++) {
          square += Math.pow(feature[i] - simplex.vertex(vertex)[i], 2);
        }
        least = Math.min(least, Math.sqrt(square));
      }
      assertThat(score.of(evidence(feature, simplex.first(classes))))
          .isCloseTo(least, within(1e-5));
    }
  }

  @Test
  void shouldBeHighestOnTheVertexOfAClass() {
    Simplex simplex = Simplex.of(10, 6);
    float[][] centres = simplex.first(4);
    Score score = score(centres);

    double known = score.of(evidence(simplex.vertex(2), centres));
    assertThat(known).isCloseTo(Math.sqrt(simplex.squaredEdge()), within(1e-5));
    assertThat(score.of(evidence(new float[10], centres))).isLessThan(known);
    assertThat(score.of(evidence(simplex.vertex(7), centres))).isCloseTo(0, within(1e-2));
  }

  @Test
  void shouldSayNothingWhereNoVertexIsFree() {
    float[][] centres = Simplex.of(2, 6).first(3);

    assertThat(score(centres).of(evidence(new float[] {1, 2}, centres))).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> score(new float[0][]));
  }

  private static Score score(float[][] centres) {
    return Scores.byName("free-vertex", ScoreMaterial.of(centres));
  }

  private static Evidence evidence(float[] feature, float[][] centres) {
    return Evidence.of(feature, feature, centres);
  }
}
