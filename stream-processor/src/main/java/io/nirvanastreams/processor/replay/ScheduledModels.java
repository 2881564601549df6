package io.nirvanastreams.processor.replay;

import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import io.nirvanastreams.processor.model.ControlListener;
import io.nirvanastreams.processor.model.ControlTopics;
import io.nirvanastreams.processor.model.LiveModels;
import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.ModelEvents;
import io.nirvanastreams.processor.model.ModelSource;
import io.nirvanastreams.processor.model.Retention;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.ThresholdOverride;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The versions that were live when the images came, chosen by the very class that chooses them in
 * the stream, out of what the control topics hold now. Where the stream would wait for a version to
 * come, because all that were ever live are refused, the choice fails: nothing comes here any more.
 * Says nothing on the topic of model events: nothing happens to the stream's models here.
 *
 * <p>Safe for any thread.
 */
final class ScheduledModels implements ModelChooser, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String modelName;
  private final ExecutorService loader;
  private final LiveModels models;
  private final CompletableFuture<ServingModel> allRefused = new CompletableFuture<>();
  private volatile boolean told;

  /** Nothing is told yet. */
  ScheduledModels(String name, ModelSource source, Duration loadTimeout, Counters counters) {
    modelName = name;
    loader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "replay-model-loader");
              thread.setDaemon(true);
              return thread;
            });
    models =
        new LiveModels(
            modelName,
            source,
            loader,
            loadTimeout,
            new ModelEvents(modelName, "replay", event -> look(), Clock.systemUTC()),
            counters,
            Retention.ALL);
  }

  /** The schedule as the control topics tell it now. */
  static ScheduledModels read(
      ProcessorSettings settings, ModelSource source, Counters counters, Map<String, ?> kafka) {
    ScheduledModels scheduled =
        new ScheduledModels(settings.modelName(), source, settings.loadTimeout(), counters);
    try {
      new ControlTopics(kafka, settings.serdes(), settings.topics()).tell(scheduled.listener());
      scheduled.told();
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

  /** Takes what the control topics hold; {@link #told} follows. */
  ControlListener listener() {
    return models;
  }

  /** All is told: what is not there by now does not come. */
  void told() {
    told = true;
    look();
  }

  /**
   * Waits until one version is there.
   *
   * @throws InferenceUnavailableException when all are refused; the message says why
   */
  void awaitOne() {
    try {
      choose("", System.currentTimeMillis()).join().release();
    } catch (CompletionException e) {
      throw e.getCause() instanceof InferenceUnavailableException unavailable
          ? unavailable
          : new InferenceUnavailableException("no version can be had", e.getCause());
    }
  }

  @Override
  public CompletableFuture<ServingModel> choose(String sourceId, long recordTime) {
    CompletableFuture<ServingModel> chosen = models.choose(sourceId, recordTime);
    return chosen.isDone() ? chosen : chosen.applyToEither(allRefused, model -> model);
  }

  @Override
  public void used(ServingModel model, double pauseMillis) {
    models.used(model, pauseMillis);
  }

  /** While the topics are being told, a version that is refused may not be the last one. */
  private void look() {
    Map<Integer, String> refused = models.refused();
    if (told && !refused.isEmpty() && models.liveVersion().isEmpty()) {
      int newest = Collections.max(refused.keySet());
      allRefused.completeExceptionally(
          new InferenceUnavailableException(
              "every version of '%s' that was live is refused; version %d: %s"
                  .formatted(modelName, newest, refused.get(newest))));
    }
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
      TopicReader.latest(consumer, topic, deserializer, PATIENCE, key -> true).forEach(listener);
    }
  }
}
