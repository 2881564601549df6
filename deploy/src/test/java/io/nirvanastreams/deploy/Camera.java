package io.nirvanastreams.deploy;

import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Takes pictures at a steady rate through every fault of the broker, and sends them as soon as it
 * can: a producer that has lost its only broker knows no topic any more, and then its send waits.
 * Safe from any thread.
 */
final class Camera implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ClusterAccess access;
  private final List<byte[]> pictures;
  private final Producer<String, ImageEvent> producer;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final AtomicInteger offered = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();

  private Camera(ClusterAccess access, List<byte[]> pictures) {
    Map<String, String> patient = new HashMap<>(access.settings());
    patient.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
    this.access =
        new ClusterAccess(
            access.bootstrapServers(), access.schemaRegistryUrl(), access.topics(), patient);
    this.pictures = pictures;
    this.producer = this.access.producer();
  }

  static Camera start(ClusterAccess access, Path folder, double perSecond) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    Camera camera = new Camera(access, pictures);
    long nanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    var unused = camera.clock.scheduleAtFixedRate(camera::take, 0, nanos, TimeUnit.NANOSECONDS);
    return camera;
  }

  /** Waits until so many more pictures were taken. */
  void awaitOffered(int more) {
    int target = offered.get() + more;
    await().atMost(PATIENCE).until(() -> offered.get() >= target);
  }

  /** Takes no more pictures and waits until the broker has all that were taken. */
  void stop() {
    clock.shutdown();
    await().atMost(PATIENCE).until(() -> clock.isTerminated() && accepted.get() == offered.get());
  }

  int accepted() {
    return accepted.get();
  }

  /** Ids of the committed images. */
  List<String> images() {
    return read(access.topics().images(), ImageEvent.class, ImageEvent::getEventId);
  }

  /** Ids of the images of the committed answers. */
  List<String> answers() {
    return read(access.topics().recognitions(), Recognition.class, Recognition::getEventId);
  }

  private void take() {
    ImageEvent image =
        ImageEvent.newBuilder()
            .setEventId(UUID.randomUUID().toString())
            .setSourceId("camera")
            .setCapturedAt(Instant.now())
            .setMediaType("image/png")
            .setBytes(ByteBuffer.wrap(pictures.get(offered.get() % pictures.size())))
            .build();
    offered.incrementAndGet();
    sender.execute(() -> send(image));
  }

  private void send(ImageEvent image) {
    var unused =
        producer.send(
            new ProducerRecord<>(access.topics().images().name(), "camera", image),
            (metadata, problem) -> {
              if (problem == null) {
                accepted.incrementAndGet();
              }
            });
  }

  private <T extends SpecificRecord> List<String> read(
      Topic topic, Class<T> type, Function<T, String> id) {
    List<String> ids = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<T> deserializer = access.serdes().deserializer(type)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          PATIENCE,
          record -> ids.add(id.apply(deserializer.deserialize(topic.name(), record.value()))));
    }
    return ids;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    sender.shutdownNow();
    producer.close(Duration.ZERO);
  }
}
