package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.trainer.Models;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningPlanTest {
  private static final Instant NOW = Instant.ofEpochMilli(100_000);
  private static final ModelVersion FIRST = Models.version(1, "shirt", "bag");
  private static final ModelCatalogue CATALOGUE =
      Models.catalogue(List.of(FIRST), Models.live(1, 1_000));

  @TempDir private Path folder;
  private LabelledImages images;
  private LabelCollector collector;

  private final RetrainingSettings settings =
      RetrainingSettings.of(Models.NAME).withMinimumImages(4).withSettle(Duration.ofSeconds(3));
  private final LearningPlan plan = new LearningPlan(settings);

  @BeforeEach
  void start() {
    images = new LabelledImages(folder, Models.INPUT);
    collector = new LabelCollector(images, 100);
  }

  private void keep(String className, int count) {
    for (int i = 0; i < count; i++) {
      images.put(className, new LabelledImage(className + i, "g", Events.pixels(i)));
    }
  }

  private Optional<LearningTask> next(ModelCatalogue catalogue) {
    return plan.next(catalogue, images, collector, NOW);
  }

  @Test
  void shouldTakeTheNextVertexOnceThereAreEnoughImages() {
    keep("coat", 3);
    assertThat(next(CATALOGUE)).isEmpty();

    keep("coat", 4);

    assertThat(next(CATALOGUE))
        .get()
        .satisfies(
            task -> {
              assertThat(task.classes()).containsExactly("shirt", "bag", "coat");
              assertThat(task.version()).isEqualTo(2);
              assertThat(task.parent().spec()).isEqualTo(FIRST.spec());
              assertThat(task.images().get("coat")).hasSize(4);
            });
  }

  @Test
  void shouldAddImagesToAClassThatExistsInsteadOfAVertex() {
    keep("bag", 5);
    assertThat(next(CATALOGUE)).isEmpty();

    keep("coat", 4);

    assertThat(next(CATALOGUE))
        .get()
        .satisfies(
            task -> {
              assertThat(task.newClasses()).containsExactly("coat");
              assertThat(task.images().get("bag")).hasSize(5);
            });
  }

  @Test
  void shouldWaitWhileAPersonIsStillNaming() {
    keep("coat", 4);
    collector.label("g", Events.group("g", "coat"), NOW.minusSeconds(2));
    assertThat(next(CATALOGUE)).isEmpty();

    assertThat(plan.next(CATALOGUE, images, collector, NOW.plusSeconds(1))).isPresent();
  }

  @Test
  void shouldLearnSeveralClassesTogetherOrOneByOne() {
    keep("coat", 4);
    keep("boot", 4);

    assertThat(next(CATALOGUE).orElseThrow().newClasses()).containsExactly("boot", "coat");
    RetrainingSettings oneByOne =
        new RetrainingSettings(Models.NAME, "t", 4, Duration.ZERO, 0.03, 100, false);
    assertThat(
            new LearningPlan(oneByOne)
                .next(CATALOGUE, images, collector, NOW)
                .orElseThrow()
                .newClasses())
        .containsExactly("boot");
  }

  @Test
  void shouldWaitForALiveVersion() {
    keep("coat", 4);

    assertThat(next(Models.catalogue(List.of(FIRST)))).isEmpty();
    assertThat(next(Models.catalogue(List.of()))).isEmpty();
  }

  @Test
  void shouldStartFromAVersionThatIsAboutToGoLive() {
    keep("coat", 4);
    ModelVersion second = Models.version(2, "shirt", "bag", "boot");

    LearningTask task =
        next(Models.catalogue(
                List.of(FIRST, second),
                Models.live(1, 1_000),
                Models.live(2, NOW.plusSeconds(2).toEpochMilli())))
            .orElseThrow();

    assertThat(task.classes()).containsExactly("shirt", "bag", "boot", "coat");
    assertThat(task.version()).isEqualTo(3);
  }

  @Test
  void shouldNotLearnAgainWhatWasRolledBack() {
    keep("coat", 4);
    ModelVersion second = Models.version(2, "shirt", "bag", "coat");

    assertThat(
            next(
                Models.catalogue(
                    List.of(FIRST, second), Models.live(1, 5_000), Models.live(2, 1_000))))
        .isEmpty();
  }

  @Test
  void shouldTryAgainOnlyWithMoreImages() {
    keep("coat", 4);
    plan.triedInVain(next(CATALOGUE).orElseThrow());
    assertThat(next(CATALOGUE)).isEmpty();

    keep("coat", 5);
    assertThat(next(CATALOGUE)).isPresent();
  }
}
