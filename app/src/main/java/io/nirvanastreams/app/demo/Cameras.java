package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.schemas.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Simulated cameras: the frames of the given list are sent one after another, the cameras in turn,
 * at a steady total rate, until the frames are used up (or for ever, from the start again, when
 * they are to loop) or the cameras are stopped. One thread of its own. A failed send ends the
 * cameras and is told by {@link #failure()}.
 */
final class Cameras implements AutoCloseable {
  private final Producer<String, ImageEvent> producer;
  private final String topic;
  private final List<Frame> frames;
  private final int cameras;
  private final double imagesPerSecond;
  private final AnswerLedger ledger;
  private final long first;
  private final boolean loop;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "cameras");
  private volatile boolean stopping;

  /**
   * Cameras that have not started.
   *
   * @param first number of images that were sent before by earlier cameras: sequences go on from
   *     there
   * @param loop whether to begin again when the frames are used up
   */
  Cameras(
      Producer<String, ImageEvent> producer,
      String topic,
      List<Frame> frames,
      int cameras,
      double imagesPerSecond,
      AnswerLedger ledger,
      long first,
      boolean loop) {
    this.producer = producer;
    this.topic = topic;
    this.frames = frames;
    this.cameras = cameras;
    this.imagesPerSecond = imagesPerSecond;
    this.ledger = ledger;
    this.first = first;
    this.loop = loop;
  }

  Cameras start() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** Whether all frames were sent, or the cameras stopped. */
  boolean finished() {
    return !thread.isAlive();
  }

  /** Why sending ended early; null while all is well. */
  Exception failure() {
    return failure.get();
  }

  private void run() {
    try {
      sendAll();
      producer.flush();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void sendAll() {
    long start = System.nanoTime();
    long left = loop ? Long.MAX_VALUE : frames.size() - first;
    for (long i = 0; i < left && failure.get() == null; i++) {
      long due = start + (long) (i * 1e9 / imagesPerSecond);
      for (long wait = due - System.nanoTime();
          wait > 0 && !stopping;
          wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      if (stopping) {
        return;
      }
      send(frames.get((int) ((first + i) % frames.size())), first + i);
    }
  }

  private void send(Frame frame, long index) {
    String sourceId = "camera-" + (1 + index % cameras);
    long sequence = index / cameras;
    String eventId = sourceId + "-" + sequence;
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    ImageEvent event =
        ImageEvent.newBuilder()
            .setEventId(eventId)
            .setSourceId(sourceId)
            .setCapturedAt(now)
            .setMediaType(frame.mediaType())
            .setBytes(ByteBuffer.wrap(frame.bytes()))
            .setAttributes(Map.of())
            .build();
    ledger.sent(new SentImage(eventId, sourceId, sequence, frame.truth(), now.toEpochMilli()));
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, sourceId, event),
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  /** Stops sending; what was sent is flushed. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
