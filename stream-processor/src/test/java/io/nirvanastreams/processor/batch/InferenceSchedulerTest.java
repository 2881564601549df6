package io.nirvanastreams.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.FakeChooser;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.schemas.LiveSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class InferenceSchedulerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final int UNREADABLE = 99;
  private static final int ENDLESS = 98;
  private static final int HUGE = 97;
  private static final int BADLY_INSTALLED = 96;

  private final FakeNetwork network = new FakeNetwork();
  private final FakeNetwork next = new FakeNetwork();
  private final ServingModel first = Samples.model(1, network);
  private final FakeChooser models =
      new FakeChooser().with(0, first).with(1_000, Samples.model(2, next));
  private final AtomicInteger decoded = new AtomicInteger();
  private final Counters counters = new Counters();
  private final AtomicBoolean hungry = new AtomicBoolean(true);
  private volatile boolean memoryIsBack;
  private InferenceScheduler scheduler = scheduler(8, 64);

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void shouldAnswerAllImagesOfAPollInFullBatches() {
    CountDownLatch gate = network.hold();

    List<CompletableFuture<Inference>> futures = submit(IntStream.range(0, 20).toArray());
    gate.countDown();

    assertThat(futures)
        .allSatisfy(one -> assertThat(one.join()).isInstanceOf(Inference.Embedded.class));
    assertThat(network.batches).containsExactly(8, 8, 4);
    assertThat(counters.snapshot().meanBatchSize()).isEqualTo(20 / 3.0);
  }

  @Test
  void shouldHaveABatchInTheNetworkForEachThread() {
    AtomicInteger prepared = new AtomicInteger();
    CountDownLatch gate = network.hold();
    scheduler.close();
    scheduler = scheduler(8, 64, new InferenceThreads(2, prepared::incrementAndGet));

    List<CompletableFuture<Inference>> futures = submit(IntStream.range(0, 20).toArray());
    await().until(() -> network.waiting() == 2);
    assertThat(futures).noneMatch(CompletableFuture::isDone);
    gate.countDown();

    assertThat(futures)
        .allSatisfy(one -> assertThat(one.join()).isInstanceOf(Inference.Embedded.class));
    assertThat(network.batches.stream().mapToInt(one -> one).sum()).isEqualTo(20);
    assertThat(prepared).hasValue(2);
  }

  @Test
  void shouldNeverMixVersionsInABatchAndChooseThemByRecordTime() {
    CountDownLatch gate = network.hold();
    List<InferenceRequest> mixed = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      mixed.add(request(Samples.BALL, i % 2 == 0 ? 999 : 1_000));
    }

    List<CompletableFuture<Inference>> futures = scheduler.submit(mixed, LONG);
    gate.countDown();

    for (int i = 0; i < 8; i++) {
      assertThat(futures.get(i).join().servedBy().modelVersion()).isEqualTo(i % 2 + 1);
    }
    assertThat(network.batches).containsExactly(4);
    assertThat(next.batches).containsExactly(4);
  }

  @Test
  void shouldFailOnlyTheImageThatCannotBeDecoded() {
    List<CompletableFuture<Inference>> futures = submit(Samples.BALL, UNREADABLE, Samples.CUBE);

    assertThat(futures.get(0).join()).isInstanceOf(Inference.Embedded.class);
    assertThat(futures.get(1).join())
        .isInstanceOfSatisfying(
            Inference.Undecodable.class,
            answer -> {
              assertThat(answer.reason()).isEqualTo("no image");
              assertThat(answer.servedBy().modelVersion()).isEqualTo(1);
            });
    assertThat(futures.get(2).join()).isInstanceOf(Inference.Embedded.class);
  }

  @Test
  void shouldSplitAFailingBatchUntilTheCulpritStandsAlone() {
    CountDownLatch gate = network.hold();

    List<CompletableFuture<Inference>> futures = submit(1, 2, 3, FakeNetwork.POISON, 5, 6, 7, 8);
    gate.countDown();

    for (int i = 0; i < 8; i++) {
      Inference answer = futures.get(i).join();
      if (i == 3) {
        assertThat(((Inference.Undecodable) answer).reason()).contains("cannot chew this");
      } else {
        assertThat(answer).isInstanceOf(Inference.Embedded.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    FakeNetwork.POISON + ", cannot chew this",
    FakeNetwork.TOO_MUCH + ", Direct buffer memory",
    FakeNetwork.NAN + ", no numbers",
    ENDLESS + ", StackOverflowError",
    HUGE + ", OutOfMemoryError",
    UNREADABLE + ", no image"
  })
  void shouldAnswerTheCulpritAloneWithTheReason(int culprit, String reason) {
    CountDownLatch gate = network.hold();

    List<CompletableFuture<Inference>> futures = submit(1, 2, culprit, 2, 1, 2, 1, 2);
    gate.countDown();

    for (int i = 0; i < 8; i++) {
      Inference answer = futures.get(i).join();
      if (i == 2) {
        assertThat(((Inference.Undecodable) answer).reason()).contains(reason);
      } else {
        assertThat(answer).isInstanceOf(Inference.Embedded.class);
      }
    }
    assertThat(submit(1).get(0).join()).isInstanceOf(Inference.Embedded.class);
  }

  @Test
  void shouldAnswerAllOfABatchThatOnlyFitsTheDeviceInParts() {
    network.fitting = 2;

    assertThat(submit(1, 2, 1, 2, 1, 2, 1, 2))
        .allSatisfy(one -> assertThat(one.join()).isInstanceOf(Inference.Embedded.class));
  }

  @Test
  void shouldNotBlameImagesForANetworkThatGivesNoNumbersAtAll() {
    network.numberless = true;

    assertThat(submit(1, 2))
        .allSatisfy(
            one ->
                assertThatThrownBy(one::join)
                    .hasCauseInstanceOf(InferenceUnavailableException.class));
  }

  @Test
  void shouldNotBlameImagesForADecoderThatIsNotInstalledRightly() {
    List<CompletableFuture<Inference>> futures = submit(1, BADLY_INSTALLED);

    assertThatThrownBy(futures.get(1)::join)
        .hasCauseInstanceOf(InferenceUnavailableException.class)
        .hasMessageContaining("not installed rightly");
    assertThat(futures.get(0).join()).isInstanceOf(Inference.Embedded.class);
  }

  @Test
  void shouldTryAnImageAgainForWhichMemoryHadRunOut() {
    memoryIsBack = true;

    assertThat(submit(HUGE).get(0).join()).isInstanceOf(Inference.Embedded.class);
  }

  @Test
  void shouldFormBatchesByBoundsThatAreMovedWhileItRuns() {
    CountDownLatch gate = network.hold();
    List<CompletableFuture<Inference>> before = submit(new int[8]);
    await().atMost(LONG).until(() -> network.waiting() == 1);

    scheduler.limit(new BatchSettings(5, 10, 2));
    List<CompletableFuture<Inference>> after = scheduler.submit(requests(new int[12]), SHORT);

    assertThat(after).as("two places of ten were free").hasSize(2);
    scheduler.limit(new BatchSettings(5, 20, 2));
    after.addAll(submit(new int[10]));
    gate.countDown();
    assertThat(before).allSatisfy(one -> assertThat(one.join()).isNotNull());
    assertThat(after).allSatisfy(one -> assertThat(one.join()).isNotNull());
    assertThat(network.batches).containsExactly(8, 5, 5, 2);
  }

  @Test
  void shouldTakeOverLiveSettingsAndKeepTheLastGoodOnes() {
    BatchSettings started = scheduler.settings();
    LiveLimits limits = new LiveLimits("us", started, scheduler);

    limits.accept("others", live(3, 30));
    assertThat(scheduler.settings()).isEqualTo(started);
    limits.accept("us", live(4, 0));
    assertThat(scheduler.settings()).isEqualTo(new BatchSettings(4, 64, 2));
    limits.accept("us", live(65, 0));
    limits.accept("us", live(-1, 100));
    limits.accept("us", live(BatchSettings.LARGEST_BATCH + 1, BatchSettings.LONGEST_QUEUE));
    assertThat(scheduler.settings()).isEqualTo(new BatchSettings(4, 64, 2));
    limits.accept("us", null);
    assertThat(scheduler.settings()).isEqualTo(started);
  }

  @Test
  void shouldShowItselfByMeters() {
    submit(1, 2, UNREADABLE).forEach(CompletableFuture::join);

    MeterRegistry meters = counters.meters();
    assertThat(meters.get("nirvana.batch.size").summary().totalAmount()).isEqualTo(2);
    assertThat(meters.get("nirvana.decode").timer().count()).isEqualTo(3);
    assertThat(meters.get("nirvana.forward").timer().count()).isPositive();
    assertThat(meters.get("nirvana.queue.wait").timer().count()).isEqualTo(2);
    assertThat(meters.get("nirvana.batch.limit").gauge().value()).isEqualTo(8);
    assertThat(meters.get("nirvana.queue.limit").gauge().value()).isEqualTo(64);
    await().atMost(LONG).until(() -> meters.get("nirvana.queue.depth").gauge().value() == 0);
  }

  @Test
  void shouldNotBlameImagesForABrokenDevice() {
    network.broken = true;

    CompletableFuture<Inference> future = submit(Samples.BALL).get(0);

    assertThatThrownBy(future::join).hasCauseInstanceOf(InferenceUnavailableException.class);
  }

  @Test
  void shouldHoldBackSubmittersWhenTheQueueIsFull() {
    CountDownLatch gate = network.hold();
    submit(new int[64]);

    assertThat(scheduler.submit(List.of(request(1, 0)), Duration.ofMillis(1))).isEmpty();
    gate.countDown();

    assertThat(scheduler.submit(List.of(request(1, 0)), LONG)).hasSize(1);
  }

  @Test
  void shouldSubmitMoreThanTheQueueHolds() {
    List<CompletableFuture<Inference>> futures = submit(new int[200]);

    assertThat(futures).hasSize(200);
    assertThat(futures).allSatisfy(one -> assertThat(one.join()).isNotNull());
  }

  @Test
  void shouldDecodeTheNextBatchWhileThisOneIsInTheNetwork() {
    CountDownLatch gate = network.hold();

    submit(new int[24]);

    await().atMost(LONG).until(() -> decoded.get() == 24);
    assertThat(network.batches).isEmpty();
    gate.countDown();
  }

  @Test
  void shouldWaitForAVersionThatIsStillLoadingWithoutHoldingUpTheOthers() {
    CompletableFuture<ServingModel> loading = new CompletableFuture<>();
    models.with(2_000, loading);

    CompletableFuture<Inference> late = scheduler.submit(List.of(request(1, 2_000)), LONG).get(0);
    CompletableFuture<Inference> other = submit(1).get(0);

    assertThat(other.join().servedBy().modelVersion()).isEqualTo(1);
    assertThat(late).isNotDone();
    loading.complete(Samples.model(3, new FakeNetwork()));
    assertThat(late.join().servedBy().modelVersion()).isEqualTo(3);
  }

  @Test
  void shouldGiveBackItsLeases() {
    submit(1, UNREADABLE, FakeNetwork.POISON).forEach(CompletableFuture::join);
    scheduler.close();

    first.release();

    assertThat(network.closed).isTrue();
  }

  @Test
  void shouldEndWaitingFuturesWhenItCloses() {
    CompletableFuture<ServingModel> never = new CompletableFuture<>();
    models.with(2_000, never);
    CompletableFuture<Inference> waiting =
        scheduler.submit(List.of(request(1, 2_000)), LONG).get(0);

    scheduler.close();

    assertThatThrownBy(waiting::join).hasCauseInstanceOf(InferenceUnavailableException.class);
  }

  private List<CompletableFuture<Inference>> submit(int... pixels) {
    return scheduler.submit(requests(pixels), LONG);
  }

  private static List<InferenceRequest> requests(int... pixels) {
    return IntStream.of(pixels).mapToObj(pixel -> request(pixel, 0)).toList();
  }

  private static LiveSettings live(int batch, int queue) {
    return LiveSettings.newBuilder().setMaxBatch(batch).setMaxQueue(queue).build();
  }

  private static InferenceRequest request(int pixel, long time) {
    return new InferenceRequest(Samples.event("e" + pixel, pixel), time);
  }

  private InferenceScheduler scheduler(int batch, int queue) {
    return scheduler(batch, queue, InferenceThreads.SINGLE);
  }

  private InferenceScheduler scheduler(int batch, int queue, InferenceThreads threads) {
    return new InferenceScheduler(
        new BatchSettings(batch, queue, 2),
        threads,
        models,
        (event, shape) -> {
          decoded.incrementAndGet();
          byte pixel = event.getBytes().get(0);
          switch (pixel) {
            case UNREADABLE -> throw new UndecodableImageException("no image");
            case ENDLESS -> throw new StackOverflowError();
            case BADLY_INSTALLED -> throw new UnsatisfiedLinkError("no libjpeg");
            case HUGE -> {
              if (!memoryIsBack || hungry.getAndSet(false)) {
                throw new OutOfMemoryError("Java heap space");
              }
            }
            default -> {}
          }
          return new byte[] {pixel};
        },
        counters,
        IdleWork.NONE);
  }
}
