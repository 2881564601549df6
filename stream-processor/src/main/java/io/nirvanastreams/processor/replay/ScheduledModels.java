package io.nirvanastreams.processor.replay;

import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.model.LiveModels;
import io.nirvanastreams.processor.model.ModelEvents;
import io.nirvanastreams.processor.model.ModelSource;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.ThresholdOverride;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The versions that were live when the images came, chosen by the very class that chooses them in
 * the stream, out of what the control topics hold now. Says nothing on the topic of model events:
 * nothing happens to the stream's models here.
 */
final class ScheduledModels implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ExecutorService loader;
  private final LiveModels models;

  private ScheduledModels(ProcessorSettings settings, ModelSource source, Counters counters) {
    loader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "replay-model-loader");
              thread.setDaemon(true);
              return thread;
            });
    models =
        new LiveModels(
            settings.modelName(),
            source,
            loader,
            settings.loadTimeout(),
            new ModelEvents(settings.modelName(), "replay", event -> {}, Clock.systemUTC()),
            counters);
  }

  /** The schedule as the control topics tell it now. */
  static ScheduledModels read(
      ProcessorSettings settings, ModelSource source, Counters counters, Map<String, ?> kafka) {
    ScheduledModels scheduled = new ScheduledModels(settings, source, counters);
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(kafka)) {
      Topics topics = settings.topics();
      AvroSerdes serdes = settings.serdes();
      LiveModels models = scheduled.models;
      tell(consumer, serdes, topics.models(), ModelManifest.class, models::manifest);
      tell(consumer, serdes, topics.centres(), ClassCentre.class, models::centre);
      tell(consumer, serdes, topics.thresholds(), Calibration.class, models::calibration);
      tell(consumer, serdes, topics.promotions(), Promotion.class, models::promotion);
      return scheduled;
    } catch (RuntimeException e) {
      scheduled.close();
      throw e;
    }
  }

  /** The targets of single sources and classes as their topic tells them now. */
  static LiveOverrides overrides(ProcessorSettings settings, Map<String, ?> kafka) {
    LiveOverrides overrides = new LiveOverrides(settings.modelName(), refused -> {});
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(kafka)) {
      tell(
          consumer,
          settings.serdes(),
          settings.topics().overrides(),
          ThresholdOverride.class,
          overrides::override);
    }
    return overrides;
  }

  LiveModels chooser() {
    return models;
  }

  @Override
  public void close() {
    models.close();
    loader.shutdown();
  }

  private static <T extends SpecificRecord> void tell(
      Consumer<String, byte[]> consumer,
      AvroSerdes serdes,
      Topic topic,
      Class<T> type,
      BiConsumer<String, T> listener) {
    try (Deserializer<T> deserializer = serdes.deserializer(type)) {
      TopicReader.latest(consumer, topic, PATIENCE)
          .forEach(
              (key, bytes) -> listener.accept(key, deserializer.deserialize(topic.name(), bytes)));
    }
  }
}
