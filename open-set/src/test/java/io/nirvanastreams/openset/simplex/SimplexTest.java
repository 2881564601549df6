package io.nirvanastreams.openset.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.nirvanastreams.openset.Golden;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimplexTest {

  @Test
  void shouldEqualTheCentresOfTheAuthors() {
    for (JsonNode golden : Golden.read("simplex.json")) {
      double expand = golden.get("expand").asDouble();
      Simplex simplex = Simplex.of(golden.get("dimension").asInt(), expand);
      double[][] expected = Golden.as(golden.get("centres"), double[][].class);
      assertThat(expected).hasDimensions(simplex.capacity(), simplex.dimension());
      for (int c = 0; c < expected.length; c++) {
        float[] vertex = simplex.vertex(c);
        for (int i = 0; i < vertex.length; i++) {
          assertThat((double) vertex[i]).isCloseTo(expected[c][i], within(1e-6 * expand));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10, 31, 32, 64, 128, 200})
  void shouldBeRegular(int dimension) {
    double expand = 6;
    Simplex simplex = Simplex.of(dimension, expand);
    float[][] all = simplex.first(simplex.capacity());
    for (int a = 0; a < all.length; a++) {
      assertThat(Math.sqrt(dot(all[a], all[a]))).isCloseTo(expand, within(1e-5));
      for (int b = 0; b < a; b++) {
        double dot = dot(all[a], all[b]);
        assertThat(dot).isCloseTo(-expand * expand / dimension, within(1e-4));
        double squared = dot(all[a], all[a]) + dot(all[b], all[b]) - 2 * dot;
        assertThat(squared).isCloseTo(simplex.squaredEdge(), within(3e-4));
      }
    }
  }

  @Test
  void shouldMoveNoCentreWhenAClassIsAdded() {
    Simplex simplex = Simplex.of(32, 6);
    for (int count = 1; count < simplex.capacity(); count++) {
      float[][] before = simplex.first(count);
      float[][] after = Simplex.of(32, 6).first(count + 1);
      for (int c = 0; c < count; c++) {
        assertThat(after[c]).containsExactly(before[c]);
      }
    }
  }

  @Test
  void shouldGiveTheSameBitsForEver() {
    CRC32 bits = new CRC32();
    for (float[] vertex : Simplex.of(32, 6).first(33)) {
      ByteBuffer bytes = ByteBuffer.allocate(vertex.length * Float.BYTES);
      bytes.asFloatBuffer().put(vertex);
      bits.update(bytes);
    }
    // Published models hold these bits; a change here breaks every one of them.
    assertThat(bits.getValue()).isEqualTo(3800493020L);
  }

  @Test
  void shouldNotShareItsArrays() {
    Simplex simplex = Simplex.of(3, 1);
    simplex.vertex(1)[0] = 99;
    assertThat(simplex.vertex(1)[0]).isLessThan(1.01f);
  }

  @Test
  void shouldRefuseMoreClassesThanFit() {
    Simplex simplex = Simplex.of(3, 1);
    assertThat(simplex.first(4)).hasDimensions(4, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simplex.first(5))
        .withMessageContaining("dimension of at least 4");
    assertThatThrownBy(() -> simplex.vertex(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldRefuseParametersOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> Simplex.of(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Simplex.of(2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Simplex.of(2, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Simplex.of(2, 1.0 / 0));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
