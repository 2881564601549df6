package io.nirvanastreams.camera.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
  private static final String JPEG = "\u00FF\u00D8\u00FFimage\u00FF\u00D9";

  @Test
  void shouldReadPartsWithAndWithoutLengths() throws IOException {
    assertThat(
            read(
                "\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Length: 10\r\n\r\n"
                    + JPEG
                    + "\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n"
                    + JPEG
                    + "\r\n--b--\r\n"))
        .containsExactly(JPEG, JPEG);
  }

  @Test
  void shouldBearTheLibertiesThatCamerasTake() throws IOException {
    assertThat(read("b", "----b\n\n" + JPEG + "\n----b\n\n" + JPEG + "----b\r\n"))
        .as("more dashes, bare line feeds, no line end before a boundary")
        .containsExactly(JPEG, JPEG);
    assertThat(read("--b", "--b\r\nX: 1\r\n\r\n" + JPEG + "\r\n--b--"))
        .as("dashes in the name of the boundary")
        .containsExactly(JPEG);
    assertThat(read("b", "HTTP rubbish\r\n\r\n--b\r\n\r\n" + JPEG + "\r\n--b--"))
        .as("something before the first boundary")
        .containsExactly(JPEG);
  }

  @Test
  void shouldNotBelieveWrongLengths() throws IOException {
    for (String length : List.of("3", "900", "-1", "many", "99999999999")) {
      assertThat(
              read(
                  "--b\r\nContent-Length: "
                      + length
                      + "\r\n\r\n"
                      + JPEG
                      + "\r\n--b\r\n\r\n"
                      + JPEG
                      + "\r\n--b--"))
          .as("length %s", length)
          .containsExactly(JPEG, JPEG);
    }
  }

  @Test
  void shouldGiveAnImageAsSoonAsItIsWhole() throws IOException {
    // The stream ends where the next boundary would come only with the next image.
    MultipartReader reader = reader("b", "--b\r\nContent-Length: 10\r\n\r\n" + JPEG);

    assertThat(reader.next()).isPresent();
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void shouldGoOnAfterALostBoundary() throws IOException {
    List<String> parts =
        read(
            "--b\r\nContent-Length: 10\r\n\r\n"
                + JPEG
                + "\r\n--x\r\n\r\nlost\r\n--b\r\nContent-Length: 10\r\n\r\n"
                + JPEG
                + "\r\n--b--");

    assertThat(parts).containsExactly(JPEG, JPEG);
  }

  @Test
  void shouldSayWhenTheStreamEndsWithinAPart() {
    for (String cut :
        List.of("--b\r\nContent-Le", "--b\r\n\r\n\u00FF\u00D8\u00FFim", "--b\r\n\r\n")) {
      assertThatThrownBy(() -> reader("b", cut).next()).as(cut).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void shouldNotFillTheMemory() {
    String endless = "x".repeat(5_000);

    assertThatThrownBy(() -> reader("b", "--b\r\n\r\n" + endless).next())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 1000 bytes");
    assertThatThrownBy(() -> reader("b", endless).next()).hasMessageContaining("larger than");
    assertThatThrownBy(() -> reader("b", "--b\r\n" + "x: y\r\n".repeat(9_000)).next())
        .hasMessageContaining("have no end");
    assertThatThrownBy(() -> reader("b", "--b\r\n" + "x".repeat(99_000)).next())
        .hasMessageContaining("have no end");
  }

  private static List<String> read(String stream) throws IOException {
    return read("b", stream);
  }

  private static List<String> read(String boundary, String stream) throws IOException {
    MultipartReader reader = reader(boundary, stream);
    List<String> parts = new ArrayList<>();
    for (Optional<byte[]> part = reader.next(); part.isPresent(); part = reader.next()) {
      parts.add(new String(part.get(), ISO_8859_1));
    }
    return parts;
  }

  private static MultipartReader reader(String boundary, String stream) {
    return new MultipartReader(
        new ByteArrayInputStream(stream.getBytes(ISO_8859_1)), boundary, 1000);
  }
}
