package io.nirvanastreams.stores.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  @Test
  void shouldReadAddresses() {
    assertThat(S3Location.of("s3://images/door/1.jpg"))
        .isEqualTo(new S3Location("images", "door/1.jpg"));
    assertThat(S3Location.of("s3://images/door/")).isEqualTo(new S3Location("images", "door"));
    assertThat(S3Location.of("s3://images").resolve("a").uri()).isEqualTo("s3://images/a");
    assertThat(S3Location.of("s3://images/door").resolve("a").uri())
        .isEqualTo("s3://images/door/a");
  }

  @Test
  void shouldKnowWhatLiesBelowIt() {
    S3Location root = S3Location.of("s3://images/door");

    assertThat(root.contains(S3Location.of("s3://images/door/1.jpg"))).isTrue();
    assertThat(root.contains(S3Location.of("s3://images/doors/1.jpg"))).isFalse();
    assertThat(root.contains(S3Location.of("s3://others/door/1.jpg"))).isFalse();
    assertThat(S3Location.of("s3://images").contains(S3Location.of("s3://images/x"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://images/x",
        "s3:images/x",
        "s3://",
        "s3://A/x",
        "s3://images/../x",
        "s3://images//x",
        "s3://images/a/./b",
        "s3://images/a\nb"
      })
  void shouldRefuseWhatIsNoAddress(String uri) {
    assertThatThrownBy(() -> S3Location.of(uri)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9000", "ftp://localhost", "http:/x"})
  void shouldRefuseWhatIsNoEndpoint(String endpoint) {
    assertThatThrownBy(() -> S3Settings.of(endpoint, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
