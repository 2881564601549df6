package io.nirvanastreams.processor.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.FakeChooser;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.InferenceThreads;
import io.nirvanastreams.processor.model.Network;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.Evaluation;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShadowRunnerTest {
  private final FakeNetwork live = new FakeNetwork();
  private final Cubeless candidate = new Cubeless();
  private final ServingModel liveModel = Samples.model(1, live);
  private final ServingModel shadowModel = Samples.model(2, candidate);
  private final ShadowRunner runner =
      new ShadowRunner(
          (eventId, time) -> shadowModel.retain() ? shadowModel : null,
          (event, shape) -> new byte[] {event.getBytes().get(0)},
          Runnable::run,
          new LiveOverrides(Samples.MODEL, reason -> {}),
          Samples.MODEL,
          "app/1",
          Clock.systemUTC(),
          new Counters());

  /** Takes cubes for unknown; fails on a poison pixel. */
  private static final class Cubeless implements Network {
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private boolean closed;

    @Override
    public List<Embedding> embed(List<byte[]> pixels) {
      batches.add(pixels.size());
      return pixels.stream().map(image -> embedding(image[0])).toList();
    }

    private static Embedding embedding(byte pixel) {
      if (pixel == FakeNetwork.POISON) {
        throw new IllegalArgumentException("cannot chew this");
      }
      return Samples.embedding(pixel == Samples.CUBE ? Samples.UNKNOWN : pixel);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void shouldCompareWhatBothSayOfTheSameImages() {
    answered("a", Samples.BALL);
    answered("b", Samples.CUBE);
    answered("c", Samples.UNKNOWN);

    assertThat(runner.step()).isTrue();
    assertThat(runner.step()).isFalse();

    Evaluation evaluation = drained();
    assertThat(evaluation.getName()).isEqualTo(Samples.MODEL);
    assertThat(evaluation.getVersion()).isEqualTo(2);
    assertThat(evaluation.getLiveVersion()).isEqualTo(1);
    assertThat(evaluation.getInstance()).isEqualTo("app/1");
    assertThat(evaluation.getImages()).isEqualTo(3);
    assertThat(evaluation.getAgreed()).isEqualTo(2);
    assertThat(evaluation.getOnlyLiveKnown()).isEqualTo(1);
    assertThat(evaluation.getBothUnknown()).isEqualTo(1);
    assertThat(evaluation.getCandidateDistance()).isGreaterThan(evaluation.getLiveDistance());
    assertThat(evaluation.getTimedImages()).isEqualTo(3);
    assertThat(runner.drain()).as("an interval is told once").isEmpty();
  }

  @Test
  void shouldLookAtAFewImagesAtATimeAndDropWhatFindsTheQueueFull() {
    for (int i = 0; i < ShadowRunner.QUEUE + 5; i++) {
      answered("e" + i, Samples.BALL);
    }
    while (runner.step()) {}

    assertThat(candidate.batches).allMatch(size -> size == ShadowRunner.BATCH);
    assertThat(drained())
        .returns((long) ShadowRunner.QUEUE, Evaluation::getImages)
        .returns(5L, Evaluation::getDropped);
    shadowModel.release();
    assertThat(candidate.closed).as("every lease is given back").isTrue();
  }

  @Test
  void shouldJudgeImagesThatPeopleNamedBeforeOrAfterwards() {
    runner.label("a", label("cube"));
    answered("a", Samples.CUBE);
    answered("b", Samples.UNKNOWN);
    runner.step();
    runner.label("b", label("duck"));
    runner.label("b", label("ball"));

    assertThat(drained())
        .returns(2L, Evaluation::getLabelled)
        .returns(2L, Evaluation::getLiveRight)
        .returns(1L, Evaluation::getCandidateRight);
  }

  @Test
  void shouldGoOnWhenTheCandidateFails() {
    answered("a", FakeNetwork.POISON);

    assertThat(runner.step()).isTrue();

    assertThat(drained()).returns(1L, Evaluation::getFailed).returns(0L, Evaluation::getImages);
  }

  @Test
  void shouldLookOnlyWhileNoImageWaits() {
    CountDownLatch gate = live.hold();
    try (InferenceScheduler scheduler =
        new InferenceScheduler(
            new BatchSettings(8, 64, 1),
            InferenceThreads.SINGLE,
            new FakeChooser().with(0, liveModel),
            (event, shape) -> new byte[] {event.getBytes().get(0)},
            new Counters(),
            runner)) {
      List<InferenceRequest> requests = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        requests.add(request("e" + i, Samples.BALL));
      }
      List<CompletableFuture<Inference>> answers =
          scheduler.submit(requests, Duration.ofSeconds(20));
      gate.countDown();
      answers.forEach(CompletableFuture::join);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> candidate.batches.stream().mapToInt(size -> size).sum() == 32);

      assertThat(live.batches.subList(0, 4)).as("answers first").containsExactly(8, 8, 8, 8);
    }
  }

  private void answered(String id, int pixel) {
    InferenceRequest request = request(id, pixel);
    runner.answered(
        request,
        new byte[] {(byte) pixel},
        liveModel,
        new Inference.Embedded(
            Samples.embedding((byte) pixel),
            liveModel.servedBy(),
            new Inference.Times(0, 0, 0, 1)));
  }

  private static InferenceRequest request(String id, int pixel) {
    return new InferenceRequest(Samples.event(id, pixel), 0);
  }

  private static LabelAssigned label(String name) {
    return LabelAssigned.newBuilder()
        .setSubjectType(SubjectType.EVENT)
        .setAction(LabelAction.ASSIGN)
        .setClassName(name)
        .build();
  }

  private Evaluation drained() {
    List<Evaluation> evaluations = runner.drain();
    assertThat(evaluations).hasSize(1);
    return evaluations.get(0);
  }
}
