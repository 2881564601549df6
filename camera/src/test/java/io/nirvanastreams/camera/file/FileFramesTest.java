package io.nirvanastreams.camera.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class FileFramesTest {
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

    assertThatThrownBy(() -> FileFrames.open(directory.resolve("no")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no");
    assertThatThrownBy(() -> FileFrames.open(list)).hasMessageContaining("gone.png");
    assertThatThrownBy(() -> FileFrames.open(binary)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FileFrames.open(empty)).hasMessageContaining("no PNG or JPEG");
  }

  private List<String> read(Path path) throws IOException {
    List<String> frames = new ArrayList<>();
    try (FileFrames source = FileFrames.open(path)) {
      for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
        byte[] bytes = frame.get().picture().bytes();
        frames.add(frame.get().name() + "=" + new String(bytes, StandardCharsets.UTF_8));
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
