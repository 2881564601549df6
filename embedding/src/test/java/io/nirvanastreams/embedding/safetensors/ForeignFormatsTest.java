package io.nirvanastreams.embedding.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ForeignFormatsTest {
  @Test
  void shouldNameWhatCanRunCode() throws IOException {
    assertThat(ForeignFormats.name(new byte[] {(byte) 0x80, 2, '}', '.'}))
        .hasValueSatisfying(name -> assertThat(name).contains("pickle"));
    assertThat(ForeignFormats.name(zip("model/data.pkl", "model/data/0")))
        .hasValue("a zip of pickles (.pt, .pth)");
    assertThat(ForeignFormats.name(zip("m/data.pkl", "m/code/__torch__.py", "m/constants.pkl")))
        .hasValue("a TorchScript archive");
    assertThat(ForeignFormats.name(zip("x"))).hasValue("a zip archive");
    assertThat(ForeignFormats.name(new byte[] {(byte) 0x89, 'H', 'D', 'F'})).isPresent();
  }

  @Test
  void shouldLetSafetensorsPass() {
    byte[] file = Safetensors.write(Map.of("w", new Tensor(new float[] {1}, new long[] {1})));

    assertThat(ForeignFormats.name(file)).isEmpty();
    assertThat(ForeignFormats.name(new byte[0])).isEmpty();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[100_000]);
      }
    }
    return out.toByteArray();
  }
}
