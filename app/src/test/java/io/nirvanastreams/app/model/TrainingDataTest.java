package io.nirvanastreams.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.ImageSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
  private static final ImageSet ALL = images(30);
  private static final ImageSet NONE = ALL.subset(new int[0]);

  @Test
  void shouldNeverTrainOnWhatIsHeldOut() {
    TrainingData data = cut(new DataSource("", ALL, images(3)), List.of(), List.of("b"));

    assertThat(data.parts().train().classes()).containsExactly("a", "c");
    assertThat(data.testKnown().size()).isEqualTo(2);
    assertThat(data.testUnknown().classes()).containsExactly("b");
    assertThat(data.testUnknown().size()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheOrderOfClasses() {
    TrainingData data = cut(new DataSource("", ALL, NONE), List.of("c", "a"), List.of());

    assertThat(data.parts().train().classes()).containsExactly("c", "a");
    assertThat(data.testUnknown().size()).isZero();
  }

  @Test
  void shouldSetTestImagesAsideWhereThereAreNone() {
    TrainingData data = cut(new DataSource("", ALL, NONE), List.of(), List.of("a"));

    int cut =
        data.parts().train().size()
            + data.parts().validation().size()
            + data.parts().calibration().size();
    assertThat(data.testKnown().size()).isEqualTo(4);
    assertThat(cut).isEqualTo(16);
  }

  @Test
  void shouldSayWhatIsWrongWithTheClasses() {
    DataSource source = new DataSource("", ALL, NONE);

    assertThatThrownBy(() -> cut(source, List.of("a", "x"), List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--classes has 'x'");
    assertThatThrownBy(() -> cut(source, List.of(), List.of("y")))
        .hasMessageContaining("--hold-out has 'y'");
    assertThatThrownBy(() -> cut(source, List.of("a", "b"), List.of("b")))
        .hasMessageContaining("both");
    assertThatThrownBy(() -> cut(source, List.of(), List.of("a", "b")))
        .hasMessageContaining("leave two classes");
  }

  private static TrainingData cut(DataSource source, List<String> known, List<String> heldOut) {
    return TrainingData.of(source, known, heldOut, 0.1, 0.2, 1);
  }

  private static ImageSet images(int count) {
    byte[][] pixels = new byte[count][1];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
    }
    return new ImageSet(new InputShape(1, 1, 1), List.of("a", "b", "c"), pixels, labels);
  }
}
