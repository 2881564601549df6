package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.JniUtils;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.data.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final Recipe RECIPE = TestTasks.recipe(Map.of());

  @ParameterizedTest
  @CsvSource({
    "default, none, 0.05",
    "default, rotated, 0.05",
    "default, mixed, 0.05",
    "open-set, rotated, 0.01",
    "open-set-authors, mixed, 0.01",
    "hinge, rotated, 0.05",
    "softmax, mixed, 0.1",
    "mics, none, 0.05",
    "hypersphere, rotated, 0.01"
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimiser=sgd",
        "optimiser=adam learning-rate=0.003 ema=0.9 warm-up=1 clip-norm=1",
        "optimiser=sgd schedule=step step-epochs=1 step-factor=0.5 ema=0.8",
        "loss=hypersphere learning-rate=0.01"
      })
  void shouldEndUpTheSameWhenResumed(String settings, @TempDir Path folder) throws IOException {
    Map<String, String> changes = new HashMap<>();
    for (String setting : settings.split(" ", -1)) {
      int equals = setting.indexOf('=');
      changes.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    TrainingTask task = TestTasks.of(3, TestTasks.recipe(changes), 5);
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
    assertThat(Safetensors.write(resumed.weights())).isEqualTo(Safetensors.write(whole.weights()));
    assertThat(resumed.centres()).isEqualTo(whole.centres());
    assertThat(resumed.curve()).hasSize(4);
    assertThat(resumed.curve().get(3).learningRate())
        .isEqualTo(whole.curve().get(3).learningRate());
    assertThat(resumed.selectedEpoch()).isEqualTo(whole.selectedEpoch());
  }

  @Test
  void shouldExportTheAverageOfTheWeights() {
    Map<String, Tensor> plain = Trainer.train(TestTasks.of(3, RECIPE, 5)).lastWeights();
    Recipe barely = TestTasks.recipe(Map.of("ema", "1e-9"));
    Map<String, Tensor> same = Trainer.train(TestTasks.of(3, barely, 5)).lastWeights();
    TrainedModel averaged =
        Trainer.train(TestTasks.of(3, TestTasks.recipe(Map.of("ema", "0.9")), 5));

    plain.forEach(
        (name, tensor) -> {
          assertThat(same.get(name).data()).containsExactly(tensor.data(), within(1e-5f));
          assertThat(averaged.lastWeights().get(name).integers()).isEqualTo(tensor.integers());
        });
    assertThat(averaged.lastWeights().get("fc.weight")).isNotEqualTo(plain.get("fc.weight"));
    assertThat(averaged.selected().validationAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void shouldKeepLearnedCentresOutOfTheWeights() {
    Recipe recipe = TestTasks.recipe(Map.of("loss", "hypersphere", "learning-rate", "0.01"));

    TrainedModel model = Trainer.train(TestTasks.of(3, recipe, 5));

    assertThat(model.centres().shape()).containsExactly(3, 8);
    assertThat(model.weights().keySet()).noneMatch(name -> name.startsWith("loss."));
    assertThat(Trainer.train(TestTasks.of(3, RECIPE, 5)).centres()).isNull();
  }

  @Test
  void shouldStopEarlyAndKeepThatState(@TempDir Path folder) throws IOException {
    // Too small a rate to change any answer.
    Recipe stuck =
        TestTasks.recipe(Map.of("learning-rate", "1e-30", "early-stop", "2", "epochs", "40"));
    Path file = folder.resolve("checkpoint.zip");
    TrainingTask task =
        TestTasks.of(2, stuck, 5)
            .withListener(new CheckpointWriter(file, 100))
            .withListener(new CurveRecorder(folder));

    TrainedModel model = Trainer.train(task);

    assertThat(model.curve()).hasSizeBetween(3, 39);
    Checkpoint end = CheckpointFile.read(file);
    assertThat(end.curve()).hasSameSizeAs(model.curve());
    assertThatThrownBy(() -> Trainer.train(TestTasks.of(2, stuck, 5).withResume(end)))
        .hasMessageContaining("finished");
    ImageSet three = TestImages.of(3, 4, 1);
    assertThatThrownBy(() -> TrainingTask.of("m", stuck, three, three.subset(new int[0]), 1))
        .hasMessageContaining("early-stop needs validation");
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
        Trainer.train(TestTasks.of(4, RECIPE.forFineTuning(3), 1).withStart(2, old.weights()));

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
