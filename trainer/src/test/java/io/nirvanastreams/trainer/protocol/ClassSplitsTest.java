package io.nirvanastreams.trainer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassSplitsTest {
  @Test
  void shouldHoldFiveSplitsOfEveryDataSet() {
    Map<String, Integer> classes =
        Map.of(
            "splits_2020/mnist", 6,
            "splits_2020/svhn", 6,
            "splits_2020/cifar10", 6,
            "splits_2020/cifar100", 4,
            "splits_2020/cifar100-10", 10,
            "splits_2020/cifar100-50", 50,
            "splits_2020/tiny_imagenet", 20);

    assertThat(ClassSplits.names()).containsExactlyInAnyOrderElementsOf(classes.keySet());
    classes.forEach(
        (name, count) ->
            assertThat(ClassSplits.named(name).splits())
                .hasSize(5)
                .allSatisfy(split -> assertThat(split).hasSize(count).doesNotHaveDuplicates()));
  }

  @Test
  void shouldNameTheClassesOfASplitInOrder() {
    List<String> digits = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    ClassSplits splits = ClassSplits.named("splits_2020/mnist");

    assertThat(splits.classes(1, digits)).containsExactly("2", "4", "5", "9", "8", "3");
    assertThat(splits.classes(5, digits)).containsExactly("6", "3", "4", "9", "8", "2");
    assertThatThrownBy(() -> splits.classes(6, digits)).hasMessageContaining("1 to 5, not 6");
    assertThatThrownBy(() -> splits.classes(0, digits)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> splits.classes(1, digits.subList(0, 5)))
        .hasMessageContaining("only 5 classes");
  }

  @Test
  void shouldListWhatThereIsForAnUnknownName() {
    assertThatThrownBy(() -> ClassSplits.named("mnist"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'mnist'")
        .hasMessageContaining("splits_2020/mnist");
  }
}
