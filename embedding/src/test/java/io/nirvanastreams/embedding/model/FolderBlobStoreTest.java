package io.nirvanastreams.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderBlobStoreTest {
  @TempDir Path temporary;
  private Path model;
  private FolderBlobStore store;

  @BeforeEach
  void create() throws IOException {
    model = Files.createDirectories(temporary.resolve("model"));
    Files.writeString(model.resolve("a.txt"), "one");
    store = new FolderBlobStore(temporary.resolve("store"));
  }

  @Test
  void shouldFetchWhatWasPutAtARelativeAddress() throws IOException {
    String uri = store.put(model, "clothes/abc");

    assertThat(uri).isEqualTo("folder:clothes/abc");
    assertThat(store.fetch(uri).resolve("a.txt")).hasContent("one");
    Files.move(temporary.resolve("store"), temporary.resolve("moved"));
    assertThat(new FolderBlobStore(temporary.resolve("moved")).fetch(uri)).isDirectory();
  }

  @Test
  void shouldAcceptTheSameFilesAgainAndRefuseOthers() throws IOException {
    store.put(model, "abc");
    assertThat(store.put(model, "abc")).isEqualTo("folder:abc");

    Files.writeString(model.resolve("a.txt"), "two");
    assertThatThrownBy(() -> store.put(model, "abc")).hasMessageContaining("other content");
    assertThat(store.fetch("folder:abc").resolve("a.txt")).hasContent("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc", "", ".", "a/..", "a/../b", "a\0b"})
  void shouldNotLeaveItsRoot(String name) {
    assertThatThrownBy(() -> store.put(model, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name inside the store");
    assertThatThrownBy(() -> store.fetch("folder:" + name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name inside the store");
  }

  @Test
  void shouldNotFollowLinksOutOfItsRoot() throws IOException {
    store.put(model, "abc");
    Files.createSymbolicLink(temporary.resolve("store/out"), model);

    assertThatThrownBy(() -> store.fetch("folder:out"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leads out of the store");
  }

  @Test
  void shouldSayWhatItCannotFetch() {
    assertThatThrownBy(() -> store.fetch("folder:absent")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.fetch("s3://bucket/x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
