package io.nirvanastreams.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class VectorsTest {
  @Test
  void shouldKeepFloatsBitForBit() {
    float[] values = {1.5f, -0.0f, Float.MIN_VALUE, 3.1415927f};

    ByteBuffer packed = Vectors.pack(values);

    assertThat(packed.remaining()).isEqualTo(16);
    assertThat(Vectors.floats(packed)).isEqualTo(values);
    assertThat(Vectors.floats(packed)).as("reading again").isEqualTo(values);
  }

  @Test
  void shouldPackLittleEndian() {
    assertThat(Vectors.pack(new float[] {1f}).array()).containsExactly(0, 0, 0x80, 0x3f);
  }

  @Test
  void shouldKeepDoublesBitForBit() {
    double[] values = {Math.PI, -1e-300};

    assertThat(Vectors.doubles(Vectors.pack(values))).isEqualTo(values);
  }

  @Test
  void shouldKeepRows() {
    float[][] rows = {{1, 2, 3}, {4, 5, 6}};

    assertThat(Vectors.rows(Vectors.pack(rows), 3)).isDeepEqualTo(rows);
    assertThat(Vectors.rows(Vectors.pack(new float[0][]), 3)).isEmpty();
  }

  @Test
  void shouldRefuseBytesThatAreNoRows() {
    assertThatThrownBy(() -> Vectors.rows(Vectors.pack(new float[] {1, 2}), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
