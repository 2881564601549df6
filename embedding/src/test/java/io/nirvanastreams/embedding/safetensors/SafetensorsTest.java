package io.nirvanastreams.embedding.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final Tensor MATRIX =
      new Tensor(new float[] {1.5f, -2, Float.MIN_VALUE, 0, 3, 4}, new long[] {2, 3});

  @Test
  void shouldReadWhatItWrote() throws IOException {
    Map<String, Tensor> tensors =
        Map.of(
            "b.weight",
            MATRIX,
            "a.num_batches_tracked",
            Tensor.ofLong(1L << 40),
            "empty",
            new Tensor(new float[0], new long[] {0, 5}),
            "scalar",
            new Tensor(new float[] {7}, new long[0]));

    assertThat(Safetensors.read(Safetensors.write(tensors))).isEqualTo(tensors);
  }

  @Test
  void shouldWriteTheSameBytesInWhateverOrderTheTensorsCome() {
    Map<String, Tensor> one = new LinkedHashMap<>();
    one.put("x", MATRIX);
    one.put("n", Tensor.ofLong(3));
    one.put("a", new Tensor(new float[] {1}, new long[] {1}));
    Map<String, Tensor> other = new LinkedHashMap<>();
    other.put("a", one.get("a"));
    other.put("n", one.get("n"));
    other.put("x", MATRIX);

    byte[] bytes = Safetensors.write(one);

    assertThat(Safetensors.write(other)).isEqualTo(bytes);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(bytes).hasSize((int) (8 + header + 6 * 4 + 8 + 4));
  }

  @Test
  void shouldReadFilesOfOtherWriters() {
    Map<String, Tensor> golden = Golden.tensors("classifier32.safetensors");

    assertThat(golden).hasSize(60);
    assertThat(golden.get("conv3.weight").shape()).containsExactly(128, 64, 3, 3);
    assertThat(golden.get("bn1.num_batches_tracked").type()).isEqualTo(Tensor.Type.I64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}|only F32 and I64",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|its shape needs 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|outside the file",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|no tensor has the shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,1048576],\"data_offsets\":[0,4]}}|too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}|no integer",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e99],\"data_offsets\":[0,4]}}|no integer",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}|no integer",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}|outside the file",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}|outside the file",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}|no shape or no offsets",
        "{\"a\":7}|only F32 and I64",
        "{}|belong to none",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|overlap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|Duplicate field",
        "[1]|no JSON object",
        "{\"a\"|no valid JSON",
        "{} {}|no valid JSON"
      })
  void shouldRefuseMalformedHeaders(String header, String reason) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);

    assertThatThrownBy(() -> Safetensors.read(file.array()))
        .isInstanceOf(MalformedSafetensorsException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void shouldRefuseImpossibleHeaderSizes() {
    for (long size : new long[] {-1, 0, 9, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] file = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(size).array();
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(MalformedSafetensorsException.class)
          .hasMessageContaining("header's size");
    }
    assertThatThrownBy(() -> Safetensors.read(new byte[7]))
        .isInstanceOf(MalformedSafetensorsException.class)
        .hasMessageContaining("too short");
  }
}
