package io.nirvanastreams.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.frame.FrameCounts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamerasTest {
  @ParameterizedTest
  @ValueSource(strings = {"rtsp://camera/live", "yard.mp4", "YARD.MKV"})
  void shouldSayHowToGetWhatReadsVideos(String location) {
    CameraAddress address = CameraAddress.of(location, null, null);

    assertThatThrownBy(() -> Cameras.open(address, Duration.ofSeconds(1), new FrameCounts()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("video module")
        .hasMessageContaining("-Dvideo");
    assertThatThrownBy(() -> Cameras.check(address)).hasMessageContaining("video module");
  }

  @Test
  void shouldAskForNothingMoreToReadImagesAndHttp() {
    Cameras.check(CameraAddress.of("http://camera/stream", null, null));
    Cameras.check(CameraAddress.of("frames/", null, null));
  }

  @Test
  void shouldTakeThePasswordOutOfTheAddress() {
    CameraAddress inside = CameraAddress.of("rtsp://me:p%40ss@camera:554/1?token=x", null, null);
    CameraAddress beside = CameraAddress.of("http://me:old@camera/1", "you", "new");

    assertThat(inside.user()).isEqualTo("me");
    assertThat(inside.password()).isEqualTo("p@ss");
    assertThat(inside.location()).isEqualTo("rtsp://camera:554/1?token=x");
    assertThat(inside).hasToString("rtsp://camera:554/1");
    assertThat(beside).isEqualTo(new CameraAddress("http://camera/1", "you", "new"));
    assertThatThrownBy(() -> CameraAddress.of("http://a b:secret@c/", null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> CameraAddress.of("http:///stream", null, null))
        .hasMessageContaining("no host");
  }
}
