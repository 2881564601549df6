package io.nirvanastreams.camera.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WatchedFolderTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;

  @Test
  void shouldGiveWhatArrivesOldestFirst() throws Exception {
    write("old.jpg", "was here before", 0);
    try (WatchedFolder folder = WatchedFolder.open(directory, Duration.ofMillis(20))) {
      write("z.jpg", "first", 1);
      write("sub/a.png", "second", 2);
      write("notes.txt", "no image", 3);

      Frame first = folder.next().orElseThrow();
      assertThat(first.name()).isEqualTo("z.jpg");
      assertThat(first.picture().bytes()).asString().isEqualTo("first");
      assertThat(first.capturedAt()).isEqualTo(TIME.plusSeconds(1));
      assertThat(folder.next().orElseThrow().name()).isEqualTo("sub/a.png");
    }
  }

  @Test
  void shouldGiveAFileThatIsWrittenOverAgain() throws Exception {
    write("snapshot.jpg", "zero", 0);
    try (WatchedFolder folder = WatchedFolder.open(directory, Duration.ofMillis(20))) {
      write("snapshot.jpg", "one", 1);
      assertThat(folder.next().orElseThrow().picture().bytes()).asString().isEqualTo("one");
      write("snapshot.jpg", "two", 2);
      assertThat(folder.next().orElseThrow().picture().bytes()).asString().isEqualTo("two");
    }
  }

  @Test
  void shouldWaitForFilesThatAreEmptyYetAndForgetThoseThatWent() throws Exception {
    try (WatchedFolder folder = WatchedFolder.open(directory, Duration.ofMillis(20))) {
      write("a-begun.jpg", "", 1);
      write("b-done.jpg", "done", 2);
      assertThat(folder.next().orElseThrow().name()).isEqualTo("b-done.jpg");
      write("a-begun.jpg", "now", 3);
      write("c-gone.jpg", "gone", 2);
      Files.delete(directory.resolve("c-gone.jpg"));
      assertThat(folder.next().orElseThrow().name()).isEqualTo("a-begun.jpg");
    }
  }

  @Test
  void shouldRefuseWhatIsNoFolder() throws IOException {
    Path file = write("a.jpg", "a", 0);

    assertThatThrownBy(() -> WatchedFolder.open(file, Duration.ofMillis(20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no folder");
  }

  private Path write(String name, String content, int second) throws IOException {
    // Moved into place with its time, so that a look never sees it half done.
    Path draft = directory.resolve(name + ".draft");
    Files.createDirectories(draft.getParent());
    Files.writeString(draft, content);
    Files.setLastModifiedTime(draft, FileTime.from(TIME.plusSeconds(second)));
    return Files.move(draft, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
