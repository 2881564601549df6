package io.nirvanastreams.processor;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.LiveLimits;
import io.nirvanastreams.processor.batch.PixelSource;
import io.nirvanastreams.processor.batch.PrefetchInterceptor;
import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.processor.model.LiveModels;
import io.nirvanastreams.processor.model.ModelEvents;
import io.nirvanastreams.processor.model.Retention;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with the tiny model of {@link Samples}, live from the beginning. */
public final class TestTopology implements AutoCloseable {
  /** A pixel of an image that the decoder cannot read. */
  public static final int UNREADABLE = 99;

  public final Topics topics;
  public final Counters counters = new Counters();
  public final AvroSerdes serdes;

  /** What a record of a topic may weigh; may be set. */
  public final RecordLimits limits;

  /** How the work is divided: steps, stores and topics between them, as Kafka Streams tells it. */
  public final String shape;

  public final List<String> refused = new ArrayList<>();
  public final List<ModelEvent> events = new ArrayList<>();
  private final LiveModels models;
  private final InferenceScheduler scheduler;
  private final TopologyTestDriver driver;

  /**
   * @param extra settings by name
   */
  public TestTopology(Path folder, Map<String, String> extra) {
    this(
        folder,
        extra,
        (event, shape) -> {
          byte pixel = event.getBytes().get(0);
          if (pixel == UNREADABLE) {
            throw new UndecodableImageException("no image");
          }
          return new byte[] {pixel};
        });
  }

  /**
   * @param extra settings by name
   * @param pixels decodes
   */
  public TestTopology(Path folder, Map<String, String> extra, PixelSource pixels) {
    Map<String, String> values = new HashMap<>(extra);
    values.put("bootstrap.servers", "unused:1");
    values.put("schema.registry.url", "mock://" + folder.getFileName());
    values.put("auto.register.schemas", "true");
    values.put("blob.store", folder.resolve("blobs").toString());
    values.put("state.dir", folder.resolve("state").toString());
    values.put("model.name", Samples.MODEL);
    ProcessorSettings settings = ProcessorSettings.of(values);
    serdes = settings.serdes();
    topics = settings.topics();
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    ModelEvents said = new ModelEvents(Samples.MODEL, "test", events::add, clock);
    models =
        new LiveModels(
            Samples.MODEL,
            version ->
                new ServingModel(
                    version.spec(),
                    "sha",
                    version.centres(),
                    version.calibration(),
                    new FakeNetwork()),
            Runnable::run,
            Duration.ofSeconds(20),
            said,
            counters,
            Retention.ALL);
    scheduler = new InferenceScheduler(new BatchSettings(8, 64, 1), models, pixels, counters);
    Map<String, Object> config =
        StreamsProperties.of(
            settings,
            new PrefetchInterceptor.Prefetch(
                scheduler, topics.images().name(), () -> serdes.deserializer(ImageEvent.class)));
    limits = RecordLimits.of(config);
    Properties properties = new Properties();
    properties.putAll(config);
    Topology topology =
        ProcessorTopology.build(
            settings,
            config,
            new ProcessorTopology.Parts(
                scheduler,
                new LiveLimits(settings.applicationId(), settings.batch(), scheduler),
                models,
                counters,
                clock,
                new LiveOverrides(Samples.MODEL, refused::add),
                (key, label) -> {}));
    shape = topology.describe().toString();
    driver = new TopologyTestDriver(topology, properties, Instant.EPOCH);
    publish(1, 0);
  }

  /** One image of source "camera" through the topology; its answer, timings left out. */
  public Recognition answer(String id, int pixel, long time) {
    return answer(Samples.event(id, pixel), time);
  }

  /** One image through the topology; its answer, timings left out. */
  public Recognition answer(ImageEvent event, long time) {
    send(
        event.getSourceId(),
        serdes.<ImageEvent>serializer().serialize(topics.images().name(), event),
        time,
        new RecordHeaders());
    Recognition answer = read(topics.recognitions(), Recognition.class).get(0).value();
    answer.setTimings(null);
    return answer;
  }

  /** One image of source "camera" through the topology. */
  public void image(String id, int pixel, long time) {
    send("camera", value(id, pixel), time, new RecordHeaders());
  }

  /** An image's record. */
  public byte[] value(String id, int... pixels) {
    return serdes
        .<ImageEvent>serializer()
        .serialize(topics.images().name(), Samples.event(id, pixels));
  }

  /** Any record on the topic of images. */
  public void send(String key, byte[] value, long time, Headers headers) {
    driver
        .createInputTopic(topics.images().name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, time));
  }

  /** A record on a control topic. */
  public <T extends SpecificRecord> void control(Topic topic, String key, T value) {
    driver
        .createInputTopic(topic.name(), new StringSerializer(), serdes.<T>serializer())
        .pipeInput(key, value);
  }

  /** What came on a topic since the last call. */
  public <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic topic, Class<T> type) {
    return driver
        .createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer(type))
        .readRecordsToList();
  }

  /** What was dead-lettered since the last call. */
  public List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            topics.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** Lets the clock of the punctuations go on. */
  public void advance(Duration duration) {
    driver.advanceWallClockTime(duration);
  }

  @Override
  public void close() {
    driver.close();
    scheduler.close();
    models.close();
  }

  /** A version of the tiny model, live from a record time on. */
  public void publish(int version, long effectiveFrom) {
    CentreRecords.toRecords(Samples.spec(version), Samples.centres())
        .forEach(
            centre ->
                control(
                    topics.centres(),
                    ModelKeys.centre(Samples.MODEL, version, centre.getLabel()),
                    centre));
    String key = ModelKeys.version(Samples.MODEL, version);
    control(
        topics.thresholds(),
        key,
        CalibrationRecords.toRecord(
            Samples.MODEL, version, Samples.calibration("t" + version), Instant.EPOCH));
    control(topics.models(), key, Declared.manifest(version));
    control(topics.promotions(), key, promotion(version, effectiveFrom));
  }

  /** A version goes live. */
  public static Promotion promotion(int version, long effectiveFrom) {
    return Promotion.newBuilder()
        .setName(Samples.MODEL)
        .setVersion(version)
        .setRole(ModelRole.LIVE)
        .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
        .build();
  }
}
