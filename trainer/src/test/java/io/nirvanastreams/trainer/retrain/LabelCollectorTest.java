package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.trainer.Models;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCollectorTest {
  private static final Instant NOW = Instant.ofEpochMilli(1000);

  @TempDir private Path folder;
  private LabelledImages images;
  private LabelCollector collector;

  @BeforeEach
  void start() {
    images = new LabelledImages(folder, Models.INPUT);
    collector = new LabelCollector(images, 3);
  }

  @Test
  void shouldFileTheMembersOfANamedGroupWhateverArrivesFirst() {
    List<Runnable> records =
        List.of(
            () -> collector.novelty(Events.novelty("e1", 7)),
            () -> collector.member(Events.member("e1", "g1")),
            () -> collector.group(Events.merged("g1", "g2")),
            () -> collector.label("g2", Events.group("g2", "coat"), NOW));
    for (int first = 0; first < records.size(); first++) {
      start();
      List<Runnable> order = new ArrayList<>(records);
      Collections.rotate(order, first);
      images.remove("e1");

      order.forEach(
          record -> {
            record.run();
            collector.file();
          });

      assertThat(images.of("coat"))
          .as("starting with record %d", first)
          .singleElement()
          .satisfies(image -> assertThat(image.pixels()).isEqualTo(Events.pixels(7)));
    }
  }

  @Test
  void shouldFileASingleImage() {
    collector.novelty(Events.novelty("e1", 7));
    collector.novelty(Events.novelty("e2", 8));
    collector.label("e1", Events.event("e1", "coat"), NOW);
    collector.file();

    assertThat(images.counts()).isEqualTo(Map.of("coat", 1));
    assertThat(images.of("coat").get(0).groupId()).isEmpty();
  }

  @Test
  void shouldFollowAPersonWhoThinksAgain() {
    collector.novelty(Events.novelty("e1", 7));
    collector.member(Events.member("e1", "g1"));
    collector.label("g1", Events.group("g1", "coat"), NOW);
    collector.file();
    collector.label("g1", Events.group("g1", "bag"), NOW);
    collector.file();
    assertThat(images.counts()).isEqualTo(Map.of("bag", 1));

    collector.label("g1", Events.ignoredGroup("g1"), NOW);
    collector.file();
    assertThat(images.counts()).isEmpty();

    collector.label("g1", Events.group("g1", "coat"), NOW);
    collector.file();
    assertThat(images.counts()).isEqualTo(Map.of("coat", 1));
  }

  @Test
  void shouldKeepOnlyTheLatestUnknownsUntilTheyAreNamed() {
    for (int i = 1; i <= 5; i++) {
      collector.novelty(Events.novelty("e" + i, i));
      collector.member(Events.member("e" + i, "g1"));
    }
    collector.label("g1", Events.group("g1", "coat"), NOW);
    collector.file();

    assertThat(images.of("coat"))
        .extracting(LabelledImage::eventId)
        .containsExactly("e3", "e4", "e5");
  }

  @Test
  void shouldRefileWhatOnlyTheDiskStillHolds() {
    images.put("coat", new LabelledImage("e1", "g1", Events.pixels(7)));

    collector.label("g1", Events.group("g1", "bag"), NOW);
    collector.file();

    assertThat(images.counts()).isEqualTo(Map.of("bag", 1));
  }

  @Test
  void shouldEraseTheImagesOfAGroupFromDiskAndFromWhatWaits() {
    images.put("coat", new LabelledImage("e1", "g1", Events.pixels(7)));
    collector.novelty(Events.novelty("e2", 8));
    collector.member(Events.member("e2", "g1"));

    collector.label("g1", Events.erasedGroup("g1"), NOW);
    collector.file();
    assertThat(images.counts()).isEmpty();

    collector.label("g1", Events.group("g1", "coat"), NOW);
    collector.file();
    assertThat(images.counts()).as("not even kept in memory").isEmpty();
  }

  @Test
  void shouldPassOverANoveltyWithoutAnImage() {
    collector.novelty(Novelty.newBuilder().build());
    Novelty broken = Events.novelty("e1", 1);
    broken.setBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    collector.novelty(broken);
    Novelty elsewhere = Events.novelty("e2", 1);
    elsewhere.setBytes(null);
    collector.novelty(elsewhere);
    collector.label("e1", Events.event("e1", "coat"), NOW);
    collector.label("e2", Events.event("e2", "coat"), NOW);
    collector.file();

    assertThat(images.counts()).isEmpty();
  }

  @Test
  void shouldSettleATimeAfterTheLastLabelOfTheClass() {
    collector.label("g1", Events.group("g1", "coat"), NOW);

    assertThat(collector.settledFrom("coat", Duration.ofSeconds(3))).isEqualTo(NOW.plusSeconds(3));
    assertThat(collector.settledFrom("bag", Duration.ofSeconds(3))).isEqualTo(Instant.MIN);
  }
}
