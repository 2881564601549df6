package io.nirvanastreams.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnginesTest {
  @Test
  void shouldRunThePinnedVersions() {
    assertThat(Engines.versions()).matches("PyTorch \\d+\\.\\d+\\.\\d+, DJL \\d+\\.\\d+\\.\\d+");
  }

  @Test
  void shouldSetTheThreadsOfTheCaller() {
    Engines.setThreads(1);
    assertThat(JniUtils.getNumThreads()).isEqualTo(1);
    Engines.setThreads(2);
    assertThat(JniUtils.getNumThreads()).isEqualTo(2);
    assertThatThrownBy(() -> Engines.setThreads(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldSayThatTheDriverIsMissing() {
    Throwable failure =
        new IllegalStateException(
            "Failed to load PyTorch native library",
            new UnsatisfiedLinkError(
                "libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared object"));

    assertThat(Engines.whyNotStarted(failure)).contains("driver is not here", "--gpus all");
    assertThat(Engines.whyNotStarted(new IllegalStateException())).contains("DJL_CACHE_DIR");
  }

  @Test
  void shouldKnowTheProcessor() {
    assertThat(Engines.device("cpu")).isEqualTo(Device.cpu());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "gpu:x", "gpu:-1", "gpu:99", "gpu:999", "CPU"})
  void shouldRefuseDevicesThatAreNotThere(String setting) {
    assertThatThrownBy(() -> Engines.device(setting)).isInstanceOf(IllegalArgumentException.class);
  }
}
