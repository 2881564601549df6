package io.nirvanastreams.openset.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.simplex.Simplex;
import org.junit.jupiter.api.Test;

class SpanTest {

  @Test
  void shouldMeasureWhatLiesOutside() {
    Span plane = Span.of(new float[][] {{1, 1, 0}, {1, -1, 0}, {5, 3, 0}});
    assertThat(plane.dimension()).isEqualTo(2);
    assertThat(plane.distance(new float[] {7, -2, 3})).isCloseTo(3, within(1e-12));
    assertThat(plane.distance(new float[] {7, -2, 0})).isCloseTo(0, within(1e-12));
    assertThat(Span.of(new float[0][]).distance(new float[] {3, 4})).isEqualTo(5);
  }

  @Test
  void shouldCountTheDimensionsOfASimplex() {
    Simplex simplex = Simplex.of(16, 6);
    assertThat(Span.of(simplex.first(5)).dimension()).isEqualTo(5);
    // The last vertex is minus the sum of the others.
    assertThat(Span.of(simplex.first(17)).dimension()).isEqualTo(16);
  }
}
