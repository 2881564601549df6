package io.nirvanastreams.app.ingest;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends frames as the images of one source: image files unaltered, the source as key, so that they
 * keep their order. Nothing is resumed: a second run sends new images with new ids.
 *
 * <p>{@link #run} is for one thread; the counters may be read from any.
 */
public final class Ingest {
  private final Producer<String, ImageEvent> producer;
  private final Topic images;
  private final String sourceId;
  private final String scope;
  private final Clock clock;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong tooLarge = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * An ingest for one source.
   *
   * @param producer stays the caller's to close
   * @param sourceId the camera's name
   * @param scope whose unknowns are grouped together
   * @param clock gives the time of capture of frames that do not know it
   */
  public Ingest(
      Producer<String, ImageEvent> producer,
      Topics topics,
      String sourceId,
      String scope,
      Clock clock) {
    this.producer = producer;
    this.images = topics.images();
    this.sourceId = sourceId;
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * Sends the frames in order and returns when the cluster has all of them.
   *
   * @param frames stay the caller's to close
   * @param count how many to send at most
   * @param stopped asked before each image
   * @throws KafkaException when the cluster refuses an image; later ones were not tried
   * @throws IOException when a frame cannot be read; the cluster has those before it
   */
  public void run(FrameSource frames, long count, Pace pace, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    try {
      for (long number = 0; number < count && !stopped.getAsBoolean(); number++) {
        pace.await(number);
        check();
        Optional<Frame> frame = frames.next();
        if (frame.isEmpty()) {
          break;
        }
        send(frame.get());
      }
    } finally {
      producer.flush();
    }
    check();
  }

  /** Images that the cluster has. */
  public long sent() {
    return sent.get();
  }

  /** Images that were left out because no record may be so large. */
  public long tooLarge() {
    return tooLarge.get();
  }

  private void send(Frame frame) {
    byte[] bytes = frame.picture().bytes();
    if (bytes.length > Topics.MAX_MESSAGE_BYTES - 64 * 1024) { // room for the rest of the record
      tooLarge.incrementAndGet();
      return;
    }
    ImageEvent image =
        ImageEvent.newBuilder()
            .setEventId(UUID.randomUUID().toString())
            .setSourceId(sourceId)
            .setScope(scope)
            .setCapturedAt(frame.capturedAt() == null ? clock.instant() : frame.capturedAt())
            .setMediaType(MediaTypes.of(bytes))
            .setBytes(ByteBuffer.wrap(bytes))
            .setAttributes(frame.attributes())
            .build();
    // Failures reach the callback: waiting here would send one image at a time.
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(images.name(), sourceId, image),
            (metadata, e) -> {
              if (e == null) {
                sent.incrementAndGet();
              } else {
                failure.compareAndSet(null, e);
              }
            });
  }

  private void check() {
    Exception e = failure.get();
    if (e != null) {
      throw new KafkaException(
          "the cluster refused an image after " + sent() + " were sent: " + e.getMessage(), e);
    }
  }
}
