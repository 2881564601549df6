package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.schemas.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CamerasTest {
  private static final double AT_ONCE = 1e6;
  private static final List<Frame> FRAMES =
      List.of(frame("Coat", 0), frame("Bag", 1), frame("Coat", 2), frame("Dress", 3));

  private final AnswerLedger ledger = new AnswerLedger();
  private final MockProducer<String, ImageEvent> producer = Answers.producer(true);

  @Test
  void shouldSendTheFramesInOrderTheCamerasInTurn() {
    try (Cameras cameras = cameras(producer, AT_ONCE, 0, false)) {
      await().until(cameras::finished);
      assertThat(cameras.failure()).isNull();
    }

    assertThat(eventIds()).containsExactly("camera-1-0", "camera-2-0", "camera-3-0", "camera-1-1");
    assertThat(producer.history())
        .allSatisfy(sent -> assertThat(sent.topic()).isEqualTo("images"))
        .allSatisfy(sent -> assertThat(sent.key()).isEqualTo(sent.value().getSourceId()));
    assertThat(producer.history())
        .extracting(sent -> sent.value().getBytes())
        .containsExactlyElementsOf(
            FRAMES.stream().map(frame -> ByteBuffer.wrap(frame.bytes())).toList());
    assertThat(producer.history())
        .extracting(sent -> sent.value().getMediaType())
        .containsOnly("image/png");
    assertThat(producer.flushed()).isTrue();
  }

  @Test
  void shouldBookTheTruthOfWhatIsSent() {
    try (Cameras cameras = cameras(producer, AT_ONCE, 0, false)) {
      await().until(cameras::finished);
    }

    assertThat(ledger.unanswered()).containsExactlyInAnyOrderElementsOf(eventIds());
    assertThat(ledger.truth("camera-2-0")).isEqualTo("Bag");
    assertThat(ledger.truth("camera-1-1")).isEqualTo("Dress");
  }

  @Test
  void shouldGoOnWhereEarlierCamerasStopped() {
    try (Cameras cameras = cameras(producer, AT_ONCE, 2, false)) {
      await().until(cameras::finished);
    }

    assertThat(eventIds()).containsExactly("camera-3-0", "camera-1-1");
    assertThat(ledger.truth("camera-1-1")).isEqualTo("Dress");
  }

  @Test
  void shouldBeginAgainWithNewIdsUntilStopped() {
    Cameras cameras = cameras(producer, 2000, 0, true);
    await().until(() -> producer.history().size() >= 9);
    assertThat(cameras.finished()).isFalse();

    cameras.close();

    assertThat(cameras.finished()).isTrue();
    assertThat(cameras.failure()).isNull();
    assertThat(eventIds())
        .doesNotHaveDuplicates()
        .startsWith("camera-1-0", "camera-2-0", "camera-3-0", "camera-1-1", "camera-2-1");
    assertThat(ledger.truth("camera-2-1")).isEqualTo("Coat");
    assertThat(ledger.sentCount()).isEqualTo(producer.history().size());
  }

  @Test
  void shouldKeepASteadyRate() {
    long start = System.nanoTime();

    try (Cameras cameras = cameras(producer, 30, 0, false)) {
      await().until(cameras::finished);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(99));
  }

  @Test
  void shouldStopWithoutWaitingForTheNextImage() {
    Cameras cameras = cameras(producer, 0.001, 0, true);
    await().until(() -> !producer.history().isEmpty());

    cameras.close();

    assertThat(cameras.finished()).isTrue();
    assertThat(cameras.failure()).isNull();
    assertThat(producer.flushed()).isTrue();
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void shouldEndAtARefusedImage() {
    MockProducer<String, ImageEvent> refusing = Answers.producer(false);
    AuthorizationException refusal = new AuthorizationException("no");

    try (Cameras cameras = cameras(refusing, 1000, 0, true)) {
      await().until(() -> refusing.errorNext(refusal));
      await().until(cameras::finished);

      assertThat(cameras.failure()).isSameAs(refusal);
    }
  }

  private List<String> eventIds() {
    return producer.history().stream()
        .map(ProducerRecord::value)
        .map(ImageEvent::getEventId)
        .toList();
  }

  private Cameras cameras(
      MockProducer<String, ImageEvent> to, double imagesPerSecond, long first, boolean loop) {
    return new Cameras(to, "images", FRAMES, 3, imagesPerSecond, ledger, first, loop).start();
  }

  private static Frame frame(String truth, int content) {
    return new Frame(truth, "image/png", new byte[] {(byte) content});
  }
}
