package io.nirvanastreams.stores.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.stores.s3.S3Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoresTest {
  @Test
  void shouldOpenWhatTheSettingNames() {
    assertThat(open("kafka:")).isInstanceOf(KafkaBlobStore.class);
    assertThat(open("s3://bucket/prefix")).isInstanceOf(S3BlobStore.class);
    assertThat(open("some/folder")).isInstanceOf(FolderBlobStore.class);
    assertThat(open("folder:some/folder")).isInstanceOf(FolderBlobStore.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "http://host/x", "kafka:topic", "s3:bucket", "s3://", "a\0b"})
  void shouldRefuseWhatNamesNone(String uri) {
    assertThatThrownBy(() -> BlobStores.checked(uri)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> open(uri)).isInstanceOf(IllegalArgumentException.class);
  }

  private static BlobStore open(String uri) {
    return BlobStores.open(
        uri,
        Map.of(),
        Topics.withPrefix("nirvana"),
        S3Settings.of("http://localhost:1", ""),
        Path.of("cache"));
  }
}
