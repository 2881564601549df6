package io.nirvanastreams.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.flow.RepeatedFrames;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class IngestTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 3};
  private static final Frame ONE = Frame.ofFile("one", PNG);
  private static final Frame TWO = Frame.ofFile("two", JPEG);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MockProducer<String, ImageEvent> producer = producer(true);
  private final Ingest ingest = ingest(producer);

  @Test
  void shouldSendBytesUnalteredInOrderUnderOneKey() throws Exception {
    ingest.run(repeated(ONE, TWO), 3, Pace.unlimited(), () -> false);

    assertThat(producer.history())
        .allSatisfy(record -> assertThat(record.key()).isEqualTo("camera"))
        .allSatisfy(record -> assertThat(record.topic()).isEqualTo("nirvana.images"))
        .extracting(record -> record.value().getBytes())
        .containsExactly(ByteBuffer.wrap(PNG), ByteBuffer.wrap(JPEG), ByteBuffer.wrap(PNG));
    assertThat(producer.history())
        .extracting(record -> record.value().getMediaType())
        .containsExactly("image/png", "image/jpeg", "image/png");
    assertThat(producer.history())
        .extracting(record -> record.value().getEventId())
        .doesNotHaveDuplicates();
    assertThat(producer.history().get(0).value().getCapturedAt()).isEqualTo(NOW);
    assertThat(ingest.sent()).isEqualTo(3);
  }

  @Test
  void shouldStopWhenAsked() throws Exception {
    ingest.run(
        repeated(ONE), Long.MAX_VALUE, Pace.unlimited(), () -> producer.history().size() == 5);

    assertThat(ingest.sent()).isEqualTo(5);
  }

  @Test
  void shouldLeaveOutWhatIsTooLarge() throws Exception {
    Frame large = Frame.ofFile("large", new byte[Topics.MAX_MESSAGE_BYTES]);

    ingest.run(repeated(large, ONE), 2, Pace.unlimited(), () -> false);

    assertThat(ingest.tooLarge()).isEqualTo(1);
    assertThat(ingest.sent()).isEqualTo(1);
  }

  @Test
  void shouldStopAtTheFirstRefusal() {
    MockProducer<String, ImageEvent> refusing = producer(false);
    Ingest refused = ingest(refusing);
    Pace failSecond =
        number -> {
          if (number == 1) {
            refusing.errorNext(new AuthorizationException("no"));
          }
        };

    assertThatThrownBy(() -> refused.run(repeated(ONE), 9, failSecond, () -> false))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("after 0 were sent");
    assertThat(refusing.history()).hasSize(1);
  }

  @Test
  void shouldKeepThePace() throws InterruptedException {
    long start = System.nanoTime();
    Pace pace = Pace.perSecond(200);
    for (int i = 0; i <= 20; i++) {
      pace.await(i);
    }

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(99_000_000L);
    assertThatThrownBy(() -> Pace.perSecond(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTellWhatIsKnownOfAFrame() throws Exception {
    Instant taken = NOW.minusSeconds(7);
    Frame frame = new Frame("image 3", ONE.picture(), Duration.ZERO, taken, Map.of("frame", "3"));

    ingest.run(FrameSource.of(List.of(frame)), 9, Pace.unlimited(), () -> false);

    assertThat(producer.history()).hasSize(1);
    ImageEvent image = producer.history().get(0).value();
    assertThat(image.getCapturedAt()).isEqualTo(taken);
    assertThat(image.getAttributes()).isEqualTo(Map.of("frame", "3"));
  }

  private static FrameSource repeated(Frame... frames) throws Exception {
    return new RepeatedFrames(() -> FrameSource.of(List.of(frames)));
  }

  private static Ingest ingest(MockProducer<String, ImageEvent> producer) {
    return new Ingest(
        producer,
        Topics.withPrefix("nirvana"),
        "camera",
        "default",
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static MockProducer<String, ImageEvent> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new StringSerializer(), (topic, value) -> new byte[0]);
  }
}
