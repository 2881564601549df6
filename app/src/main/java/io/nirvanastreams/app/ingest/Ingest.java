package io.nirvanastreams.app.ingest;

import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Plays frames as the images of one source: the bytes unaltered, the source as key, so that they
 * keep their order. Every image begins a trace of its own. Nothing is resumed: a second run sends
 * new images with new ids.
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
   * @param clock gives the time of capture
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
   * @param count how many to send; frames are repeated to reach it
   * @param stopped asked before each image
   * @throws KafkaException when the cluster refuses an image; later ones were not tried
   * @throws UncheckedIOException when a frame cannot be read
   */
  public void run(List<Frame> frames, long count, Pace pace, BooleanSupplier stopped)
      throws InterruptedException {
    for (long number = 0; number < count && !stopped.getAsBoolean(); number++) {
      pace.await(number);
      check();
      send(frames.get((int) (number % frames.size())));
    }
    producer.flush();
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
    byte[] bytes;
    try {
      bytes = frame.content().read();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + frame.name() + ": " + e.getMessage(), e);
    }
    if (bytes.length > Topics.MAX_MESSAGE_BYTES - 64 * 1024) { // room for the rest of the record
      tooLarge.incrementAndGet();
      return;
    }
    ImageEvent image =
        ImageEvent.newBuilder()
            .setEventId(UUID.randomUUID().toString())
            .setSourceId(sourceId)
            .setScope(scope)
            .setCapturedAt(clock.instant())
            .setMediaType(MediaTypes.of(bytes))
            .setBytes(ByteBuffer.wrap(bytes))
            .setAttributes(Map.of("file", frame.name()))
            .build();
    ProducerRecord<String, ImageEvent> sending =
        new ProducerRecord<>(images.name(), sourceId, image);
    TraceContext.start().addTo(sending.headers());
    // Failures reach the callback: waiting here would send one image at a time.
    Future<?> unused =
        producer.send(
            sending,
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
