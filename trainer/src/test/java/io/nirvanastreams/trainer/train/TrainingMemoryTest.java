package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.trainer.TestTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingMemoryTest {
  private static final int EPOCHS = 52;

  @ParameterizedTest
  @CsvSource({"sgd, open-set, 0.9", "adam, hypersphere, 0"})
  void shouldNotGrowOverTwoThousandBatches(String optimiser, String loss, String average) {
    // One array as wide as the hidden layer that is not freed at each step would come to 95 MB.
    Recipe recipe =
        TestTasks.recipe(
            Map.of(
                "network.hidden",
                "512",
                "epochs",
                Integer.toString(EPOCHS),
                "batch-size",
                "2",
                "learning-rate",
                "0.0001",
                "clip-norm",
                "1",
                "optimiser",
                optimiser,
                "loss",
                loss,
                "ema",
                average));
    List<Long> resident = new ArrayList<>();
    List<Integer> batches = new ArrayList<>();
    TrainingListener watch =
        new TrainingListener() {
          @Override
          public void onStart(TrainingTask task, int inAnEpoch) {
            batches.add(inAnEpoch);
          }

          @Override
          public void onEpoch(EpochResult result, Supplier<Checkpoint> state) {
            if (result.epoch() % 4 == 0) {
              System.gc(); // else the heap's own growth hides what the engine holds
              resident.add(residentMegabytes());
            }
          }
        };

    Trainer.train(TestTasks.of(2, recipe, 1).withListener(watch));

    assertThat(batches.get(0) * EPOCHS).isGreaterThan(2000);
    assertThat(resident.get(EPOCHS / 4 - 1) - resident.get(2)).isLessThan(50);
  }

  private static long residentMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("no VmRSS");
  }
}
