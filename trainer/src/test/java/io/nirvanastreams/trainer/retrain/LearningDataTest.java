package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.trainer.Models;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Splits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningDataTest {
  private final FineTuneSettings settings = FineTuneSettings.of(1);

  /** Classes shirt, dress and bag, of which the model was never given dresses. */
  private static Splits rehearsal(int perClass) {
    byte[][] pixels = new byte[3 * perClass][];
    int[] labels = new int[3 * perClass];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Events.pixels(i);
      labels[i] = i % 3;
    }
    ImageSet all = new ImageSet(Models.INPUT, List.of("shirt", "dress", "bag"), pixels, labels);
    return Splits.of(all, 0.2, 0.2, 1);
  }

  private static List<LabelledImage> labelled(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new LabelledImage("new-" + i, "g", Events.pixels(200 + i)))
        .toList();
  }

  private LearningData data(String className, int count) throws LearningFailedException {
    Map<String, List<LabelledImage>> images = new LinkedHashMap<>();
    images.put("coat", labelled(40));
    images.put(className, labelled(count));
    LearningTask task =
        new LearningTask(Models.version(1, "bag", "shirt"), 2, List.of("coat"), images);
    return LearningData.of(task, rehearsal(50), images, Set.of(), settings);
  }

  @Test
  void shouldLabelInVertexOrderAndLeaveOutClassesThatTheModelHasNot() throws Exception {
    LearningData data = data("coat", 40);

    assertThat(data.parts().train().classes()).containsExactly("bag", "shirt", "coat");
    assertThat(data.distinct().counts()[0]).isEqualTo(30);
    assertThat(data.distinct().counts()[1]).isEqualTo(30);
    assertThat(data.oldValidation().counts()).containsExactly(10, 10, 0);
  }

  @Test
  void shouldShowASmallClassAsOftenAsTheOthers() throws Exception {
    LearningData data = data("coat", 20);

    assertThat(data.parts().train().counts()[2]).isEqualTo(30);
    assertThat(data.distinct().counts()[2]).isBetween(5, 19);
  }

  @Test
  void shouldNeverTrainOnWhatItCalibratesWith() throws Exception {
    LearningData data = data("coat", 40);

    Set<Integer> trained = firstBytes(data.parts().train());
    Set<Integer> calibrated = firstBytes(data.parts().calibration());
    calibrated.retainAll(trained);

    assertThat(data.parts().calibration().counts()[2]).isPositive();
    assertThat(calibrated).isEmpty();
  }

  @Test
  void shouldTrainOnCorrectionsOfAnOldClassWithoutCalibratingByThem() throws Exception {
    LearningData data = data("shirt", 8);

    assertThat(data.parts().train().counts()[1]).isEqualTo(30 + 8);
    assertThat(data.parts().calibration().counts()[1]).isEqualTo(10);
  }

  @Test
  void shouldNotLearnWhenAnOldClassCannotBeRehearsed() {
    Map<String, List<LabelledImage>> images = Map.of("coat", labelled(40));
    LearningTask task =
        new LearningTask(Models.version(1, "bag", "hat"), 2, List.of("coat"), images);

    assertThatThrownBy(() -> LearningData.of(task, rehearsal(50), images, Set.of(), settings))
        .isInstanceOf(LearningFailedException.class)
        .hasMessageContaining("'hat'");
  }

  private static Set<Integer> firstBytes(ImageSet set) {
    Set<Integer> values = new HashSet<>();
    set.pixels().forEach(pixels -> values.add(Arrays.hashCode(pixels)));
    return values;
  }
}
