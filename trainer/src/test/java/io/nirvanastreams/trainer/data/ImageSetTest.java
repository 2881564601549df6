package io.nirvanastreams.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.TestImages;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private final ImageSet set = TestImages.of(3, 10, 1);

  private static long distinct(ImageSet images) {
    return images.pixels().stream().map(ByteBuffer::wrap).distinct().count();
  }

  @Test
  void shouldRenumberLabelsToTheNamesAskedFor() {
    ImageSet part = set.ofClasses(List.of("kind2", "kind0"));

    assertThat(part.classes()).containsExactly("kind2", "kind0");
    assertThat(part.counts()).containsExactly(10, 10);
    assertThat(part.label(0)).isEqualTo(1);
    assertThat(part.pixels(0)).isSameAs(set.pixels(0));
    assertThat(part.label(19)).isZero();
  }

  @Test
  void shouldRefuseNamesItDoesNotKnow() {
    assertThatThrownBy(() -> set.ofClasses(List.of("kind7"))).hasMessageContaining("kind7");
    assertThatThrownBy(() -> set.withClasses(List.of("kind0", "kind1")))
        .hasMessageContaining("kind2");
  }

  @Test
  void shouldRefuseLabelsAndLengthsThatDoNotFit() {
    InputShape shape = new InputShape(1, 1, 2);
    assertThatThrownBy(
            () -> new ImageSet(shape, List.of("a"), new byte[][] {{1, 2}}, new int[] {1}))
        .hasMessageContaining("label 1");
    assertThatThrownBy(() -> new ImageSet(shape, List.of("a"), new byte[][] {{1}}, new int[] {0}))
        .hasMessageContaining("1 bytes");
    assertThatThrownBy(() -> new ImageSet(shape, List.of("a", "a"), new byte[0][], new int[0]))
        .hasMessageContaining("twice");
  }

  @Test
  void shouldMatchClassesByNameWhenJoined() {
    ImageSet joined =
        set.ofClasses(List.of("kind1")).concat(set.ofClasses(List.of("kind2", "kind1")));

    assertThat(joined.classes()).containsExactly("kind1", "kind2");
    assertThat(joined.counts()).containsExactly(20, 10);
  }

  @Test
  void shouldHashWhatItHoldsAndNothingElse() {
    assertThat(TestImages.of(3, 10, 1).sha256()).isEqualTo(set.sha256());
    assertThat(TestImages.of(3, 10, 2).sha256()).isNotEqualTo(set.sha256());
    assertThat(set.ofClasses(List.of("kind1", "kind0", "kind2")).sha256())
        .isNotEqualTo(set.sha256());
  }

  @Test
  void shouldRepeatImagesOfSmallClassesWhenBalanced() {
    int[] few = {0, 1, 2, 10, 11, 12, 13, 14, 15, 16};
    ImageSet balanced = set.subset(few).balanced(5);

    assertThat(balanced.counts()).containsExactly(7, 7, 0);
    assertThat(distinct(balanced.ofClasses(List.of("kind0")))).isEqualTo(3);
  }

  @Test
  void shouldSplitEveryClassByItsShareWithoutOverlap() {
    Splits splits = Splits.of(set, 0.2, 0.3, 7);

    assertThat(splits.validation().counts()).containsExactly(2, 2, 2);
    assertThat(splits.calibration().counts()).containsExactly(3, 3, 3);
    assertThat(splits.train().counts()).containsExactly(5, 5, 5);
    assertThat(distinct(splits.train().concat(splits.validation()).concat(splits.calibration())))
        .isEqualTo(30);
  }

  @Test
  void shouldSplitBySeed() {
    String first = Splits.of(set, 0.2, 0.3, 7).train().sha256();

    assertThat(Splits.of(set, 0.2, 0.3, 7).train().sha256()).isEqualTo(first);
    assertThat(Splits.of(set, 0.2, 0.3, 8).train().sha256()).isNotEqualTo(first);
  }

  @Test
  void shouldTakeAtMostSoManyOfEachClass() {
    ImageSet few = set.atMostPerClass(4, 3);

    assertThat(few.counts()).containsExactly(4, 4, 4);
    assertThat(Arrays.equals(few.labels(), new int[] {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}))
        .isTrue();
  }
}
