package io.nirvanastreams.stores.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

class S3ObjectsTest {
  private static final S3Location PLACE = S3Location.of("s3://models/a/weights é.bin");

  @TempDir Path temporary;
  private final S3Server server = new S3Server();
  private final S3Objects objects = server.client();

  @AfterEach
  void close() {
    objects.close();
    server.close();
  }

  @Test
  void shouldReadWhatWasWritten() throws IOException {
    byte[] bytes = bytes(300_000);
    objects.write(PLACE, bytes);

    assertThat(server.objects()).containsOnlyKeys("/models/a/weights é.bin");
    assertThat(objects.read(PLACE, 300_000)).isEqualTo(bytes);
    objects.read(PLACE, temporary.resolve("read"), 300_000);
    assertThat(Files.readAllBytes(temporary.resolve("read"))).isEqualTo(bytes);
  }

  @Test
  void shouldWriteFiles() throws IOException {
    Path file = Files.write(temporary.resolve("file"), bytes(70_000));
    objects.write(PLACE, file);

    assertThat(objects.read(PLACE, 100_000)).isEqualTo(bytes(70_000));
  }

  @Test
  void shouldNotReadMoreThanAllowed() throws IOException {
    objects.write(PLACE, bytes(1_001));

    assertThatThrownBy(() -> objects.read(PLACE, 1_000)).hasMessageContaining("more than 1000");
    assertThatThrownBy(() -> objects.read(PLACE, temporary.resolve("x"), 1_000))
        .hasMessageContaining("more than 1000");
    assertThat(temporary.resolve("x")).doesNotExist();
  }

  @Test
  void shouldTellWhatIsThere() throws IOException {
    assertThat(objects.exists(PLACE)).isFalse();
    assertThatThrownBy(() -> objects.read(PLACE, 10))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("s3://models/a/weights");
    objects.write(PLACE, bytes(1));
    assertThat(objects.exists(PLACE)).isTrue();
  }

  @Test
  void shouldTryAgainWhenTheServerIsInTrouble() throws IOException {
    objects.write(PLACE, bytes(10));
    server.failNext(1);

    assertThat(objects.read(PLACE, 10)).isEqualTo(bytes(10));
    assertThat(server.requests()).filteredOn(one -> one.startsWith("GET")).hasSize(2);
  }

  @Test
  void shouldSayThatItIsNotAllowed() {
    try (S3Objects nobody =
        new S3Objects(
            new S3Settings(server.endpoint(), ""), AnonymousCredentialsProvider.create())) {
      assertThatThrownBy(() -> nobody.read(PLACE, 10))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("cannot read s3://models/a/weights")
          .hasMessageContaining("AccessDenied");
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }
}
