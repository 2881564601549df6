package io.nirvanastreams.processor;

import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.LiveLimits;
import io.nirvanastreams.processor.batch.PixelSource;
import io.nirvanastreams.processor.batch.PrefetchInterceptor;
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
import io.nirvanastreams.schemas.ModelManifest;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with the tiny model of {@link Samples}, live from the beginning. */
public final class TestTopology implements AutoCloseable {
  public final Topics topics;
  public final List<String> refused = new ArrayList<>();
  public final List<ModelEvent> events = new ArrayList<>();
  private final AvroSerdes serdes;
  private final LiveModels models;
  private final InferenceScheduler scheduler;
  private final TopologyTestDriver driver;

  /**
   * @param extra settings by name
   */
  public TestTopology(Path folder, Map<String, String> extra) {
    this(folder, extra, (event, shape) -> new byte[] {event.getBytes().get(0)});
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
    Counters counters = new Counters();
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
    Properties properties = new Properties();
    properties.putAll(config);
    driver =
        new TopologyTestDriver(
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
                    (key, label) -> {})),
            properties,
            Instant.EPOCH);
    publish();
  }

  /** One image of source "camera" through the topology; its answer, timings left out. */
  public Recognition answer(String id, int pixel, long time) {
    return answer(Samples.event(id, pixel), time);
  }

  /** One image through the topology; its answer, timings left out. */
  public Recognition answer(ImageEvent event, long time) {
    driver
        .createInputTopic(topics.images().name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(
            event.getSourceId(),
            serdes.<ImageEvent>serializer().serialize(topics.images().name(), event),
            time);
    Recognition answer = read(topics.recognitions(), Recognition.class).get(0).value();
    answer.setTimings(null);
    return answer;
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

  /** What came on the topic of dead letters since the last call. */
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

  private void publish() {
    CentreRecords.toRecords(Samples.spec(1), Samples.centres())
        .forEach(
            centre ->
                control(
                    topics.centres(),
                    ModelKeys.centre(Samples.MODEL, 1, centre.getLabel()),
                    centre));
    String key = ModelKeys.version(Samples.MODEL, 1);
    control(
        topics.thresholds(),
        key,
        CalibrationRecords.toRecord(Samples.MODEL, 1, Samples.calibration("t1"), Instant.EPOCH));
    control(
        topics.models(),
        key,
        ModelManifest.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(1)
            .setArchitecture("classifier32")
            .setInputChannels(1)
            .setInputHeight(1)
            .setInputWidth(1)
            .setClasses(Samples.CLASSES)
            .setDimension(2)
            .setExpand(Samples.EXPAND)
            .build());
    control(
        topics.promotions(),
        key,
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(1)
            .setRole(ModelRole.LIVE)
            .setEffectiveFrom(Instant.EPOCH)
            .build());
  }
}
