package io.nirvanastreams.trainer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {
  private static final byte[] BYTES = "content".getBytes(StandardCharsets.UTF_8);
  private static final Unpacking STANDARD = Unpacking.standard();

  @TempDir Path folder;

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          out.write(BYTES);
        }
      }
    }
    return packed.toByteArray();
  }

  private Path unpack(Unpacking unpacking, String name, byte[] archive) throws IOException {
    Path into = Files.createDirectories(folder.resolve("deep/into"));
    unpacking.unpack(Files.write(folder.resolve(name), archive), into);
    return into;
  }

  @Test
  void shouldUnpackZipAndTar() throws IOException {
    Path zipped = unpack(STANDARD, "a.zip", zip("top/", "top/a.txt", "b.txt"));
    Path tarred =
        unpack(
            STANDARD,
            "a.tar.gz",
            new TarWriter()
                .entry("more", '5', "", new byte[0])
                .entry("times", 'x', "", "20 mtime=1234567890\n".getBytes(StandardCharsets.UTF_8))
                .file("more/long.bin", new byte[1500])
                .file("more/empty", new byte[0])
                .file("last.txt", BYTES)
                .toTarGz());

    assertThat(zipped.resolve("top/a.txt")).hasBinaryContent(BYTES);
    assertThat(zipped.resolve("b.txt")).hasBinaryContent(BYTES);
    assertThat(tarred.resolve("more/long.bin")).hasSize(1500);
    assertThat(tarred.resolve("more/empty")).isEmptyFile();
    assertThat(tarred.resolve("last.txt")).hasBinaryContent(BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out.txt", "/out.txt", "a/../../out.txt", "a\\..\\out.txt", "C:out"})
  void shouldLetNothingOutOfTheFolder(String name) throws IOException {
    assertRefused("a.zip", zip(name), "leads out of the folder");
    assertRefused("a.tar.gz", new TarWriter().file(name, BYTES).toTarGz(), "leads out");
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(f -> f.getFileName().toString().contains("out"))).isEmpty();
    }
  }

  @Test
  void shouldRefuseLinksAndNamesInExtendedHeaders() throws IOException {
    byte[] link = new TarWriter().entry("a", '2', "/etc/passwd", new byte[0]).toTarGz();
    byte[] hard = new TarWriter().entry("a", '1', "b", new byte[0]).toTarGz();
    byte[] path = "18 path=../../out\n".getBytes(StandardCharsets.UTF_8);
    byte[] named = new TarWriter().entry("h", 'x', "", path).file("a", BYTES).toTarGz();

    assertRefused("a.tar.gz", link, "neither a file nor a folder");
    assertRefused("a.tar.gz", hard, "neither a file nor a folder");
    assertRefused("a.tar.gz", named, "extended headers");
  }

  @Test
  void shouldRefuseWhatIsDamaged() throws IOException {
    byte[] whole = new TarWriter().file("a", new byte[2000]).toTarGz();
    assertRefused("a.zip", BYTES, "damaged");
    assertRefused("a.tar.gz", BYTES, "damaged");
    assertRefused("a.tar.gz", Arrays.copyOf(whole, whole.length / 2), "damaged");
    ByteArrayOutputStream noTar = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(noTar)) {
      gzip.write("no tar archive".repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    assertRefused("a.tar.gz", noTar.toByteArray(), "no tar archive");
  }

  @Test
  void shouldUnpackNoMoreThanItsLimits() throws IOException {
    byte[] three = zip("a", "b", "c");

    assertThatThrownBy(() -> unpack(new Unpacking(20, 9), "a.zip", three))
        .hasMessageContaining("more than 20 bytes");
    assertThatThrownBy(() -> unpack(new Unpacking(99, 2), "a.zip", three))
        .hasMessageContaining("more than 2 entries");
    assertThat(unpack(new Unpacking(21, 3), "a.zip", three).resolve("c")).exists();
  }

  private void assertRefused(String name, byte[] archive, String reason) {
    assertThatThrownBy(() -> unpack(STANDARD, name, archive))
        .isInstanceOf(FetchFailedException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(reason);
  }
}
