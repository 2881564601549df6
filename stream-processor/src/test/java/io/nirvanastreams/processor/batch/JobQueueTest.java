package io.nirvanastreams.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.processor.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JobQueueTest {
  private final JobQueue queue = new JobQueue();

  @Test
  void shouldShareOutWhatComesAmongThoseThatWait() {
    List<CompletableFuture<List<Job>>> batches = List.of(taker(8), taker(8));

    queue.addAll(jobs(7));

    assertThat(batches)
        .extracting(CompletableFuture::join)
        .extracting(List::size)
        .containsExactlyInAnyOrder(4, 3);
  }

  @Test
  void shouldGiveAFullBatchToTheOnlyOneThatWaits() throws InterruptedException {
    queue.addAll(jobs(20));

    assertThat(queue.take(8)).hasSize(8);
    assertThat(queue.take(8)).hasSize(8);
    assertThat(queue.take(8)).hasSize(4);
  }

  @Test
  void shouldGiveNothingOnceClosed() {
    CompletableFuture<List<Job>> waiting = taker(8);

    assertThat(queue.close()).isEmpty();

    assertThat(waiting.join()).isEmpty();
    assertThat(queue.addAll(jobs(1))).isFalse();
  }

  /** Waits on a thread of its own, and does so already. */
  private CompletableFuture<List<Job>> taker(int most) {
    CompletableFuture<List<Job>> taken = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                taken.complete(queue.take(most));
              } catch (InterruptedException e) {
                taken.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return taken;
  }

  private static List<Job> jobs(int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(i -> new Job(new InferenceRequest(Samples.event("e" + i, i), 0)))
            .toList());
  }
}
