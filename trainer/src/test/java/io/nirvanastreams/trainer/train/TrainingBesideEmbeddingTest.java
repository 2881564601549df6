package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.data.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Training and embedding share one engine and its switches. */
class TrainingBesideEmbeddingTest {

  @Test
  void shouldDisturbNeitherTheWeightsNorTheEmbeddings() throws Exception {
    TrainingTask task = TestTasks.of(3, TestTasks.recipe(Map.of("epochs", "8")), 5);
    TrainedModel alone = Trainer.train(task);
    ImageSet images = TestImages.of(3, 4, 9);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try (Embedder embedder = Embedder.load(alone.spec(), alone.weights(), EmbedderOptions.cpu())) {
      List<Embedding> expected = embedder.embed(images.pixels());
      List<Future<Integer>> answers = new ArrayList<>();
      for (int worker = 0; worker < 2; worker++) {
        answers.add(workers.submit(() -> embedUntil(done, embedder, images, expected)));
      }

      TrainedModel beside = Trainer.train(task);

      done.set(true);
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isPositive();
      }
      assertThat(Safetensors.write(beside.weights())).isEqualTo(Safetensors.write(alone.weights()));
    } finally {
      done.set(true);
      workers.shutdownNow();
    }
  }

  @Test
  void shouldLetASecondTrainingWait() throws Exception {
    TrainingTask task = TestTasks.of(2, TestTasks.recipe(Map.of()), 5);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      Future<TrainedModel> first = workers.submit(() -> Trainer.train(task));
      Future<TrainedModel> second = workers.submit(() -> Trainer.train(task));

      assertThat(Safetensors.write(first.get(60, TimeUnit.SECONDS).weights()))
          .isEqualTo(Safetensors.write(second.get(60, TimeUnit.SECONDS).weights()));
    } finally {
      workers.shutdownNow();
    }
  }

  private static int embedUntil(
      AtomicBoolean done, Embedder embedder, ImageSet images, List<Embedding> expected) {
    Engines.setThreads(1);
    int rounds = 0;
    do {
      List<Embedding> found = embedder.embed(images.pixels());
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).feature()).isEqualTo(expected.get(i).feature());
      }
      rounds++;
    } while (!done.get());
    return rounds;
  }
}
