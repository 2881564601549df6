package io.nirvanastreams.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.config.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSourceTest {
  @TempDir private Path directory;

  @Test
  void shouldReadAFolderInOrderOfNames() throws IOException {
    write("b/2.PNG", "two");
    write("a.jpeg", "one");
    write("notes.txt", "no image");

    assertThat(read(directory)).containsExactly("a.jpeg=one", "b/2.PNG=two");
  }

  @Test
  void shouldReadAZipInOrderOfNames() throws IOException {
    Path zip = directory.resolve("frames.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("f2.png", "f1.jpg", "readme.md")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }

    assertThat(read(zip)).containsExactly("f1.jpg=f1.jpg", "f2.png=f2.png");
  }

  @Test
  void shouldReadAListInItsOwnOrder() throws IOException {
    write("z.png", "first");
    write("sub/a.bin", "second");
    Path list = write("list.txt", "# frames\nz.png\n\nsub/a.bin\n");

    assertThat(read(list)).containsExactly("z.png=first", "sub/a.bin=second");
  }

  @Test
  void shouldSayWhatIsWrongWithAPath() throws IOException {
    Path list = write("list.txt", "gone.png\n");
    Path binary = directory.resolve("binary.dat");
    Files.write(binary, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0x80});
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThatThrownBy(() -> FrameSource.open(directory.resolve("no")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no");
    assertThatThrownBy(() -> FrameSource.open(list)).hasMessageContaining("gone.png");
    assertThatThrownBy(() -> FrameSource.open(binary)).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> FrameSource.open(empty)).hasMessageContaining("no PNG or JPEG");
  }

  private List<String> read(Path path) throws IOException {
    List<String> frames = new ArrayList<>();
    try (FrameSource source = FrameSource.open(path)) {
      for (Frame frame : source.frames()) {
        frames.add(frame.name() + "=" + new String(frame.content().read(), StandardCharsets.UTF_8));
      }
    }
    return frames;
  }

  private Path write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
