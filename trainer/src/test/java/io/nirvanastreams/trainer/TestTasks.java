package io.nirvanastreams.trainer;

import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.util.HashMap;
import java.util.Map;

/** Trainings of a tiny network, which take about a second. */
public final class TestTasks {
  private TestTasks() {}

  /** A recipe with changes. */
  public static Recipe recipe(Map<String, String> changes) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "network.channels", "4,8",
                "network.hidden", "16",
                "dimension", "8",
                "expand", "3",
                "epochs", "4",
                "batch-size", "16"));
    all.putAll(changes);
    return Recipe.forImages(TestImages.SHAPE).with(all);
  }

  /** A task on one thread, with 40 training and 20 validation images a class. */
  public static TrainingTask of(int classes, Recipe recipe, long seed) {
    ImageSet train = TestImages.of(classes, 40, 1);
    return TrainingTask.of("tiny", recipe, train, TestImages.of(classes, 20, 2), seed).on("cpu", 1);
  }
}
