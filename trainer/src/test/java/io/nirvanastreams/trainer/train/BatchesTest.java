package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.trainer.TestTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BatchesTest {
  private static final Map<String, String> EVERYTHING =
      Map.of(
          "crop", "1",
          "flip", "true",
          "resized-crop", "0.5",
          "rand-augment", "2,9",
          "mixup", "0.4",
          "cutmix", "1",
          "background", "mixed");

  private static TrainingTask task(Map<String, String> changes, long seed) {
    return TestTasks.of(3, TestTasks.recipe(changes), seed);
  }

  /** All that an epoch holds, as text. */
  private static List<String> epoch(TrainingTask task, int number, int threads) {
    List<String> batches = new ArrayList<>();
    try (BatchStream stream = new Batches(task, threads).epoch(number)) {
      stream.forEachRemaining(
          batch ->
              batches.add(
                  batch.images().stream().map(Arrays::hashCode).toList()
                      + Arrays.toString(batch.labels())
                      + Arrays.toString(batch.secondLabels())
                      + batch.weight()
                      + Arrays.toString(batch.vertices())));
    }
    return batches;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void shouldMakeTheSameBytesWithAnyNumberOfThreads(int threads) {
    TrainingTask task = task(EVERYTHING, 5);

    assertThat(epoch(task, 2, threads)).hasSize(7).isEqualTo(epoch(task, 2, 0));
  }

  @Test
  void shouldDifferByEpochAndSeed() {
    List<String> first = epoch(task(EVERYTHING, 5), 1, 0);

    assertThat(epoch(task(EVERYTHING, 5), 2, 0)).doesNotContainAnyElementsOf(first);
    assertThat(epoch(task(EVERYTHING, 6), 1, 0)).doesNotContainAnyElementsOf(first);
  }

  @Test
  void shouldShowEveryImageAtMostOnceAnEpoch() {
    TrainingTask task = task(Map.of("background", "none"), 5);
    List<byte[]> seen = new ArrayList<>();
    try (BatchStream stream = new Batches(task, 1).epoch(1)) {
      stream.forEachRemaining(batch -> seen.addAll(batch.images()));
    }

    // Images that nothing changes are those of the task themselves.
    assertThat(seen).hasSize(112).doesNotHaveDuplicates();
  }

  @Test
  void shouldGiveMixedImagesTwoLabels() {
    try (BatchStream stream = new Batches(task(Map.of("mixup", "1"), 5), 0).epoch(1)) {
      Batch batch = stream.next();

      assertThat(batch.secondLabels()).hasSameSizeAs(batch.labels());
      assertThat(batch.weight()).isBetween(0.0, 1.0);
      assertThat(batch.known()).isEqualTo(16);
      assertThat(batch.background()).isEqualTo(8);
    }
  }

  private static Batch numbered(int number) {
    return new Batch(List.of(), new int[] {number}, null, 1, null);
  }

  @Test
  void shouldHoldAFewBatchesAheadAndNoMore() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch fourMade = new CountDownLatch(4);
    try (BatchStream stream =
        new BatchStream(
            100,
            number -> {
              made.incrementAndGet();
              fourMade.countDown();
              return numbered(number);
            },
            2)) {
      // Nobody has asked for one yet.
      fourMade.await();
      assertThat(made).hasValue(4);

      for (int i = 0; i < 10; i++) {
        assertThat(stream.next().labels()).containsExactly(i);
      }
      assertThat(made.get()).isBetween(10, 14);
    }
  }

  @Test
  void shouldThrowWhatWentWrongWhereItsBatchIsAskedFor() {
    IllegalArgumentException reason = new IllegalArgumentException("no such image");
    try (BatchStream stream =
        new BatchStream(
            9,
            number -> {
              if (number == 1) {
                throw reason;
              }
              return numbered(number);
            },
            3)) {
      assertThat(stream.next().labels()).containsExactly(0);
      assertThatThrownBy(stream::next).isSameAs(reason);
      assertThat(stream.hasNext()).isFalse();
    }
  }

  @Test
  void shouldStopItsThreadsWhenClosed() throws InterruptedException {
    AtomicReference<Thread> worker = new AtomicReference<>();
    AtomicInteger made = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    BatchStream stream =
        new BatchStream(
            9,
            number -> {
              made.incrementAndGet();
              worker.set(Thread.currentThread());
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return numbered(number);
            },
            1);
    begun.await();

    stream.close();

    worker.get().join();
    assertThat(made).hasValue(1);
    assertThat(stream.hasNext()).isFalse();
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    try (BatchStream stream =
        new BatchStream(
            1,
            number -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return numbered(number);
            },
            1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(stream::next)
          .isInstanceOf(TrainingFailedException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void shouldLearnFromMixedAndAugmentedImages() {
    Map<String, String> changes =
        Map.of("mixup", "0.4", "cutmix", "0.4", "rand-augment", "1,5", "epochs", "8");

    TrainedModel model = Trainer.train(TestTasks.of(3, TestTasks.recipe(changes), 1));

    assertThat(model.selected().validationAccuracy()).isGreaterThan(0.9);
  }
}
