package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.SchemaRegistration;
import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Provenance;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.Publication;
import io.nirvanastreams.trainer.publish.Publisher;
import io.nirvanastreams.trainer.publish.Readiness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What all subjects work on: a broker, a model of classifier32 with drawn weights, and topics full
 * of pictures. Everything is answered KNOWN, so that all subjects write one record an image. For
 * one thread.
 */
final class Fixture implements AutoCloseable {
  static final int PARTITIONS = 4;
  static final String MODEL = "default";
  static final InputShape SHAPE = new InputShape(3, 32, 32);
  private static final List<String> CLASSES =
      IntStream.range(0, 10).mapToObj(i -> "class-" + i).toList();
  private static final int CALIBRATION = 50;

  private final Path directory;
  private final LocalCluster cluster = LocalCluster.startTemporary();
  private final List<byte[]> images = Images.encoded("png", 32, 32, 256);

  Fixture(Path directory) {
    this.directory = directory;
  }

  /** The calibration under which everything is known. */
  static OpenSetCalibration calibration() {
    double[] scores = IntStream.range(0, CALIBRATION).mapToDouble(i -> -1e9 + i).toArray();
    return new OpenSetCalibration(
        "1",
        0.05,
        "conformal-class-conditional",
        "raw",
        Map.of(),
        CLASSES.stream()
            .map(label -> new ClassCalibration(label, scores, new float[0][]))
            .toList());
  }

  /** The model's folder, written once. */
  static ModelArtifact writeModel(Path folder) throws IOException, BadModelException {
    ModelSpec spec =
        new ModelSpec(MODEL, 1, Networks.CLASSIFIER32, Map.of(), SHAPE, CLASSES, 128, 16);
    return ModelArtifacts.write(
        folder,
        spec,
        Weights.draw(Networks.byName(spec.architecture(), Map.of(), SHAPE, spec.dimension()), 1));
  }

  Path directory() {
    return directory;
  }

  ClusterAccess access(String prefix) {
    return new ClusterAccess(
        cluster.bootstrapServers(),
        cluster.schemaRegistryUrl(),
        Topics.withPrefix(prefix),
        Map.of());
  }

  /** Creates topics and publishes the model to them. */
  void prepare(String prefix, ModelArtifact artifact) throws IOException, BadModelException {
    ClusterAccess access = access(prefix);
    try (Admin admin = access.admin()) {
      TopicAdmin.createMissing(admin, access.topics(), PARTITIONS, (short) 1);
    }
    SchemaRegistration.register(access);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes());
        Embedder embedder = Embedder.load(artifact, EmbedderOptions.cpu())) {
      Clock clock = Clock.systemUTC();
      FolderBlobStore blobs = new FolderBlobStore(directory.resolve("blobs"));
      new Publisher(producer, access.topics(), blobs, clock, null)
          .publish(
              new Publication(
                  artifact,
                  calibration(),
                  probe(embedder),
                  Provenance.newBuilder().build(),
                  Map.of(),
                  null));
      new ModelPromotions(producer, access.topics(), clock, Duration.ZERO, Readiness.UNASKED)
          .promote(MODEL, 1, "to be measured", "benchmarks");
    }
  }

  private static Probe probe(Embedder embedder) {
    byte[] pixels = new byte[SHAPE.size()];
    new Random(1).nextBytes(pixels);
    float[][] features =
        embedder.embed(List.of(pixels)).stream().map(Embedding::feature).toArray(float[][]::new);
    return new Probe(List.of(pixels), features, Probe.DEFAULT_TOLERANCE);
  }

  /** Fills the images topic. */
  void fill(String prefix, int count, int sources) {
    ClusterAccess access = access(prefix);
    try (Producer<String, ImageEvent> producer = access.producer()) {
      for (int i = 0; i < count; i++) {
        var unused = producer.send(record(access, i, sources));
      }
    }
  }

  /** The next image to send. */
  ProducerRecord<String, ImageEvent> record(ClusterAccess access, int number, int sources) {
    String source = "camera-" + number % sources;
    ImageEvent event =
        ImageEvent.newBuilder()
            .setEventId("image-" + number)
            .setSourceId(source)
            .setScope("site")
            .setCapturedAt(Instant.now())
            .setMediaType("image/png")
            .setBytes(ByteBuffer.wrap(images.get(number % images.size())))
            .build();
    return new ProducerRecord<>(access.topics().images().name(), source, event);
  }

  /** Mean size of an encoded image in bytes. */
  double meanBytes() {
    return images.stream().mapToInt(image -> image.length).average().orElseThrow();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
