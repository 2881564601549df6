package io.nirvanastreams.stores.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.stores.s3.S3Location;
import io.nirvanastreams.stores.s3.S3Objects;
import io.nirvanastreams.stores.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3BlobStoreTest {
  @TempDir Path temporary;
  private final S3Server server = new S3Server();
  private final S3Objects objects = server.client();
  private Path model;
  private S3BlobStore store;

  @BeforeEach
  void create() throws IOException {
    model = Files.createDirectories(temporary.resolve("model"));
    Files.writeString(model.resolve("a.txt"), "one");
    Files.write(model.resolve("b.bin"), new byte[100_000]);
    store = store("cache");
  }

  @AfterEach
  void close() {
    objects.close();
    server.close();
  }

  @Test
  void shouldFetchWhatWasPut() throws IOException {
    assertThat(store.put(model, "abc")).isEqualTo("s3:abc");

    Path fetched = store.fetch("s3:abc");

    assertThat(fetched).hasFileName("abc");
    assertThat(fetched.resolve("a.txt")).hasContent("one");
    assertThat(fetched.resolve("b.bin")).hasSize(100_000);
    assertThat(server.objects())
        .containsOnlyKeys(
            "/bucket/weights/abc/a.txt",
            "/bucket/weights/abc/b.bin",
            "/bucket/weights/abc/index.txt");
  }

  @Test
  void shouldFetchOnceAndAgainWhenTheCopyIsDamaged() throws IOException {
    store.put(model, "abc");
    Path fetched = store.fetch("s3:abc");
    server.requests().clear();
    store.fetch("s3:abc");
    assertThat(server.requests()).containsExactly("GET /bucket/weights/abc/index.txt");

    Files.writeString(fetched.resolve("a.txt"), "two");
    assertThat(store.fetch("s3:abc").resolve("a.txt")).hasContent("one");
  }

  @Test
  void shouldAcceptTheSameFilesAgainAndRefuseOthers() throws IOException {
    store.put(model, "abc");
    server.requests().clear();
    assertThat(store.put(model, "abc")).isEqualTo("s3:abc");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PUT"));

    Files.writeString(model.resolve("a.txt"), "two");
    assertThatThrownBy(() -> store.put(model, "abc")).hasMessageContaining("other content");
  }

  @Test
  void shouldNotGiveHalfAFolder() throws IOException {
    store.put(model, "abc");
    server.objects().remove("/bucket/weights/abc/index.txt");
    assertThatThrownBy(() -> store.fetch("s3:abc"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("not the whole");

    store.put(model, "abc");
    server.objects().remove("/bucket/weights/abc/b.bin");
    assertThatThrownBy(() -> store.fetch("s3:abc")).isInstanceOf(NoSuchFileException.class);
    try (var left = Files.walk(temporary.resolve("cache"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void shouldNotGiveOtherBytes() throws IOException {
    store.put(model, "abc");
    server.spoil(
        "/bucket/weights/abc/b.bin",
        bytes -> {
          bytes[7] ^= 1;
          return bytes;
        });

    assertThatThrownBy(() -> store.fetch("s3:abc"))
        .hasMessageContaining("b.bin is not the one that was put there");
  }

  @Test
  void shouldRefuseAnIndexThatLeavesItsFolder() throws IOException {
    store.put(model, "abc");
    server.spoil(
        "/bucket/weights/abc/index.txt",
        bytes ->
            new String(bytes, StandardCharsets.UTF_8)
                .replace("a.txt", "../a.txt")
                .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> store.fetch("s3:abc")).hasMessageContaining("cannot be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc", "", ".", "a/..", "a\0b", "a b"})
  void shouldNotLeaveItsRoot(String name) {
    assertThatThrownBy(() -> store.put(model, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name inside the store");
    assertThatThrownBy(() -> store.fetch("s3:" + name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name inside the store");
  }

  private S3BlobStore store(String cache) {
    return new S3BlobStore(
        objects, S3Location.of("s3://bucket/weights"), new BlobCache(temporary.resolve(cache)));
  }
}
