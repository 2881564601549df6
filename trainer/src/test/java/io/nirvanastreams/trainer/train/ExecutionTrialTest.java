package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.data.ImageSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTrialTest {

  /** Keeps what was chosen, and why. */
  private static final class Watch implements TrainingListener {
    private final List<ExecutionSettings> chosen = new ArrayList<>();
    private final List<String> why = new ArrayList<>();

    @Override
    public void onExecution(ExecutionSettings settings, String reason) {
      chosen.add(settings);
      why.add(reason);
    }
  }

  @Test
  void shouldTrainAsIfTheChosenExecutionHadBeenAskedFor(@TempDir Path folder) throws IOException {
    Recipe recipe =
        Recipe.forImages(TestImages.SHAPE)
            .with(Map.of("network", "classifier32", "epochs", "2", "batch-size", "8"));
    ImageSet few = TestImages.of(2, 8, 1);
    Watch watch = new Watch();
    Path file = folder.resolve("checkpoint.zip");
    TrainingTask asked = TrainingTask.of("tiny", recipe, few, few, 5).on("cpu", 1);

    byte[] open =
        Safetensors.write(
            Trainer.train(
                    asked
                        .in(ExecutionSettings.of("auto", "auto"))
                        .withListener(watch)
                        .withListener(new CheckpointWriter(file, 1)))
                .weights());

    assertThat(watch.why).hasSize(1);
    assertThat(watch.why.get(0)).contains("blocks fp32", "graph fp32", "16 validation images");
    ExecutionSettings chosen = watch.chosen.get(0);
    assertThat(chosen.execution()).isNotEqualTo(Execution.AUTO);
    assertThat(chosen.precision()).isNotEqualTo(Precision.AUTO);
    // Dropout and all: what was tried before has left no trace.
    assertThat(Safetensors.write(Trainer.train(asked.in(chosen)).weights())).isEqualTo(open);
    assertThat(CheckpointFile.read(file).execution()).isEqualTo(chosen);
  }

  @Test
  void shouldMeasureOnceAndNotWhereNothingIsOpen() {
    Watch watch = new Watch();
    TrainingTask task =
        TestTasks.of(3, TestTasks.recipe(Map.of("epochs", "1", "dimension", "9")), 5)
            .withListener(watch);

    Trainer.train(task.in(ExecutionSettings.DEFAULT));
    Trainer.train(task.in(ExecutionSettings.DEFAULT));
    assertThat(watch.why).hasSize(2);
    assertThat(watch.why.get(1)).isEqualTo(watch.why.get(0));

    Trainer.train(task);
    Trainer.train(task.in(new ExecutionSettings(Execution.BLOCKS, Precision.AUTO)));
    assertThat(watch.why).hasSize(2);
  }
}
