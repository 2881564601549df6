package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StableSplitTest {
  private static List<LabelledImage> images(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new LabelledImage("camera-1-" + i, "g", new byte[0]))
        .toList();
  }

  @Test
  void shouldGiveEachPartAboutItsShare() {
    StableSplit split = StableSplit.of(images(2000), 0.1, 0.25, 0);

    assertThat(split.validation().size()).isCloseTo(200, within(45));
    assertThat(split.calibration().size()).isCloseTo(500, within(65));
    assertThat(split.train().size() + split.validation().size() + split.calibration().size())
        .isEqualTo(2000);
  }

  @Test
  void shouldKeepEveryImageInItsPartWhenMoreArrive() {
    StableSplit few = StableSplit.of(images(100), 0.1, 0.25, 5);
    StableSplit more = StableSplit.of(images(200), 0.1, 0.25, 5);

    assertThat(ids(more.calibration())).containsAll(ids(few.calibration()));
    assertThat(ids(more.train())).containsAll(ids(few.train()));
    assertThat(ids(few.calibration())).isNotEmpty();
  }

  private static List<String> ids(List<LabelledImage> images) {
    return images.stream().map(LabelledImage::eventId).toList();
  }
}
