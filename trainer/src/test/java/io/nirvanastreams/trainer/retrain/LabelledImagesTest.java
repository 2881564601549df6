package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.trainer.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledImagesTest {
  @TempDir private Path folder;

  private LabelledImages open() {
    return new LabelledImages(folder, Models.INPUT);
  }

  @Test
  void shouldSurviveARestart() {
    open().put("ankle boot / left", new LabelledImage("cam-1/42~é", "g.1", Events.pixels(9)));

    LabelledImages again = open();

    assertThat(again.counts()).isEqualTo(Map.of("ankle boot / left", 1));
    assertThat(again.of("ankle boot / left"))
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.eventId()).isEqualTo("cam-1/42~é");
              assertThat(image.groupId()).isEqualTo("g.1");
              assertThat(image.pixels()).isEqualTo(Events.pixels(9));
            });
  }

  @Test
  void shouldMoveAnImageThatGetsAnotherName() throws IOException {
    LabelledImages images = open();
    images.put("coat", new LabelledImage("e1", "g1", Events.pixels(9)));

    images.move("e1", "bag");

    assertThat(images.counts()).isEqualTo(Map.of("bag", 1));
    assertThat(open().counts()).isEqualTo(Map.of("bag", 1));
    assertThat(images.of("bag").get(0).pixels()).isEqualTo(Events.pixels(9));
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void shouldGiveBackWhatItForgets() throws IOException {
    LabelledImages images = open();
    images.put("coat", new LabelledImage("e1", "g1", Events.pixels(9)));

    assertThat(images.remove("e1").orElseThrow().pixels()).isEqualTo(Events.pixels(9));

    assertThat(images.contains("e1")).isFalse();
    assertThat(images.remove("e1")).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void shouldListImagesInTheOrderOfTheirIds() {
    LabelledImages images = open();
    images.put("coat", new LabelledImage("e2", "", Events.pixels(2)));
    images.put("coat", new LabelledImage("e1", "", Events.pixels(1)));

    assertThat(images.of("coat")).extracting(LabelledImage::eventId).containsExactly("e1", "e2");
  }

  @Test
  void shouldNeverWriteOutsideItsFolder() throws IOException {
    LabelledImages images = open();

    images.put("..", new LabelledImage("../../e", "..", Events.pixels(1)));

    assertThat(files()).isEqualTo(1);
    assertThat(open().counts()).isEqualTo(Map.of("..", 1));
    assertThatThrownBy(() -> images.put("", new LabelledImage("e", "", Events.pixels(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldPassOverFilesThatAreNotItsOwn() throws IOException {
    Files.createDirectories(folder.resolve("coat"));
    Files.writeString(folder.resolve("coat").resolve("notes.txt"), "mine");

    assertThat(open().counts()).isEmpty();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
