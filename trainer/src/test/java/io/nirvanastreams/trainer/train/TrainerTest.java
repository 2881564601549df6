package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.data.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerTest {
  private static final Recipe RECIPE = TestTasks.recipe(Map.of());

  @ParameterizedTest
  @CsvSource({
    "default, none, 0.05",
    "default, rotated, 0.05",
    "default, mixed, 0.05",
    "open-set, rotated, 0.01",
    "open-set-authors, mixed, 0.01"
  })
  void shouldLearnWithEveryLossAndBackground(String loss, String background, String rate) {
    Recipe recipe =
        TestTasks.recipe(Map.of("loss", loss, "background", background, "learning-rate", rate));

    TrainedModel model = Trainer.train(TestTasks.of(3, recipe, 1));

    assertThat(model.selected().validationAccuracy()).isGreaterThan(0.9);
    assertThat(model.curve()).hasSize(4);
    // Three either way: the recipe says so, and the authors take the number of classes.
    assertThat(model.spec().expand()).isEqualTo(3);
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSeedOnly() {
    byte[] first = Safetensors.write(Trainer.train(TestTasks.of(3, RECIPE, 5)).weights());

    assertThat(Safetensors.write(Trainer.train(TestTasks.of(3, RECIPE, 5)).weights()))
        .isEqualTo(first);
    assertThat(Safetensors.write(Trainer.train(TestTasks.of(3, RECIPE, 6)).weights()))
        .isNotEqualTo(first);
  }

  @Test
  void shouldDrawDropoutBySeedToo() {
    Recipe recipe =
        Recipe.forImages(TestImages.SHAPE)
            .with(Map.of("network", "classifier32", "epochs", "1", "batch-size", "8"));
    ImageSet few = TestImages.of(2, 8, 1);
    TrainingTask task = TrainingTask.of("tiny", recipe, few, few, 5).on("cpu", 1);

    byte[] first = Safetensors.write(Trainer.train(task).weights());
    Engines.setSeed(99);

    assertThat(Safetensors.write(Trainer.train(task).weights())).isEqualTo(first);
  }

  @Test
  void shouldEndUpTheSameWhenResumed(@TempDir Path folder) throws IOException {
    TrainingTask task = TestTasks.of(3, RECIPE, 5);
    TrainedModel whole = Trainer.train(task);
    Path file = folder.resolve("run").resolve("checkpoint.zip");
    TrainingListener breaker =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult result, Supplier<Checkpoint> state) {
            if (result.epoch() == 2) {
              throw new IllegalStateException("pulled the plug");
            }
          }
        };
    assertThatThrownBy(
            () ->
                Trainer.train(
                    task.withListener(new CheckpointWriter(file, 1)).withListener(breaker)))
        .hasMessage("pulled the plug");

    TrainedModel resumed = Trainer.train(task.withResume(CheckpointFile.read(file)));

    assertThat(Safetensors.write(resumed.lastWeights()))
        .isEqualTo(Safetensors.write(whole.lastWeights()));
    assertThat(resumed.curve()).hasSize(4);
    assertThat(resumed.selectedEpoch()).isEqualTo(whole.selectedEpoch());
  }

  @Test
  void shouldRefuseACheckpointOfAnotherRun(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("checkpoint.zip");
    Trainer.train(TestTasks.of(2, RECIPE, 5).withListener(new CheckpointWriter(file, 4)));
    Checkpoint finished = CheckpointFile.read(file);

    assertThatThrownBy(() -> Trainer.train(TestTasks.of(2, RECIPE, 6).withResume(finished)))
        .hasMessageContaining("seed");
    assertThatThrownBy(() -> Trainer.train(TestTasks.of(3, RECIPE, 5).withResume(finished)))
        .hasMessageContaining("classes");
    assertThatThrownBy(() -> Trainer.train(TestTasks.of(2, RECIPE, 5).withResume(finished)))
        .hasMessageContaining("finished");
    Files.writeString(file, "no zip");
    assertThatThrownBy(() -> CheckpointFile.read(file)).hasMessageContaining("train without it");
  }

  @Test
  void shouldAddAClassWithoutLosingTheOthers() {
    TrainedModel old = Trainer.train(TestTasks.of(3, RECIPE, 1));

    TrainedModel grown =
        Trainer.train(TestTasks.of(4, RECIPE.forFineTuning(), 1).withStart(2, old.weights()));

    assertThat(grown.spec().version()).isEqualTo(2);
    assertThat(grown.spec().classes()).startsWith("kind0", "kind1", "kind2").hasSize(4);
    assertThat(grown.selected().validationAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void shouldStopWhenTheLossIsNoNumber() {
    Recipe wild = TestTasks.recipe(Map.of("learning-rate", "1e30"));

    assertThatThrownBy(() -> Trainer.train(TestTasks.of(3, wild, 1)))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("lower learning-rate");
  }

  @Test
  void shouldStopWhenInterruptedAndTrainAgainAfterwards() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Trainer.train(TestTasks.of(2, RECIPE, 1)))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("nterrupted");
    assertThat(Thread.interrupted()).isTrue();

    assertThat(Trainer.train(TestTasks.of(2, RECIPE, 1)).curve()).hasSize(4);
  }

  @Test
  void shouldLeaveTheThreadsSwitchesAsTheyWere() {
    boolean before = JniUtils.isGradMode();
    try {
      for (boolean recording : List.of(true, false)) {
        JniUtils.setGradMode(recording);
        Trainer.train(TestTasks.of(2, TestTasks.recipe(Map.of("epochs", "1")), 1));
        assertThat(JniUtils.isGradMode()).isEqualTo(recording);
      }
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  @Test
  void shouldNameWhatDoesNotFitInATask() {
    ImageSet three = TestImages.of(3, 4, 1);
    ImageSet two = TestImages.of(2, 4, 1);
    Recipe narrow = TestTasks.recipe(Map.of("dimension", "1"));
    Recipe given = TestTasks.recipe(Map.of("background", "given"));

    assertThatThrownBy(() -> TrainingTask.of("m", RECIPE, three, two, 1))
        .hasMessageContaining("differ");
    assertThatThrownBy(() -> TrainingTask.of("m", narrow, three, three, 1))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(
            () -> Trainer.train(TrainingTask.of("m", given, three, three, 1).on("cpu", 1)))
        .hasMessageContaining("given background");
  }
}
