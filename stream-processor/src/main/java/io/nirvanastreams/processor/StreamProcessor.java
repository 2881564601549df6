package io.nirvanastreams.processor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.InferenceThreads;
import io.nirvanastreams.processor.batch.LiveLimits;
import io.nirvanastreams.processor.batch.PrefetchInterceptor;
import io.nirvanastreams.processor.instance.InstanceBeacon;
import io.nirvanastreams.processor.journal.DecodeJournal;
import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.processor.model.ControlTopics;
import io.nirvanastreams.processor.model.EmbedderNetwork;
import io.nirvanastreams.processor.model.LiveModels;
import io.nirvanastreams.processor.model.ModelEventProducer;
import io.nirvanastreams.processor.model.ModelEvents;
import io.nirvanastreams.processor.model.ModelSource;
import io.nirvanastreams.processor.model.Retention;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.model.VerifiedModelSource;
import io.nirvanastreams.processor.recognise.EventPixels;
import io.nirvanastreams.processor.reference.ImageRoots;
import io.nirvanastreams.processor.shadow.EvaluationProducer;
import io.nirvanastreams.processor.shadow.ShadowRunner;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.stores.blob.BlobStores;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the processor: answers every image on the images topic exactly once, groups what
 * is unknown, and swaps models while it runs.
 *
 * <p>It starts paused: it joins its group and reads the control topics, but processes no image
 * until the first live model is loaded. So it may be started before anything is published, and no
 * image waits inside a stream thread for a model that may never come.
 *
 * <p>Public methods may be called by any thread.
 */
public final class StreamProcessor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamProcessor.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);
  private static final Duration CLOSE_PAUSE = Duration.ofSeconds(1);

  private final ProcessorSettings settings;
  private final Counters counters;
  private final ExecutorService loader;
  private final ModelEventProducer events;
  private final LiveModels models;
  private final ModelMeters modelMeters;
  private final ImageRoots roots;
  private final InstanceBeacon beacon;
  private final EvaluationProducer evaluations;
  private final ShadowRunner shadow;
  private final InferenceScheduler scheduler;
  private final RecordLimits limits;
  private final KafkaStreams streams;
  private final CompletableFuture<Void> running = new CompletableFuture<>();
  private final CompletableFuture<Void> modelReady = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile Throwable failure;
  private volatile ClusterGuarantees guarantees;

  /** An instance with the models of the configured blob store; {@link #start()} begins the work. */
  public StreamProcessor(ProcessorSettings settings) {
    this(settings, modelSource(settings));
  }

  /** An instance with models from elsewhere. */
  public StreamProcessor(ProcessorSettings settings, ModelSource source) {
    this(settings, source, new SimpleMeterRegistry());
  }

  /** An instance that shows its meters in a registry, which the caller closes after it. */
  public StreamProcessor(ProcessorSettings settings, MeterRegistry meters) {
    this(settings, modelSource(settings), meters);
  }

  /** An instance with models from elsewhere that shows its meters in a registry. */
  public StreamProcessor(ProcessorSettings settings, ModelSource source, MeterRegistry meters) {
    this.settings = settings;
    counters = new Counters(meters);
    modelMeters = new ModelMeters(meters, settings.modelName());
    counters.listen(modelMeters::measured);
    Topics topics = settings.topics();
    AvroSerdes serdes = settings.serdes();
    Clock clock = Clock.systemUTC();
    InferenceThreads threads =
        InferenceThreads.of(settings.embedder().device(), settings.inferenceThreads());
    roots = ImageRoots.of(settings.imagesRoots(), settings.s3());
    loader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread =
                  new Thread(
                      () -> {
                        threads.prepare().run();
                        task.run();
                      },
                      "model-loader");
              thread.setDaemon(true);
              return thread;
            });
    events =
        new ModelEventProducer(
            StreamsProperties.client(settings), serdes, topics.modelEvents().name());
    String instance = settings.applicationId() + "/" + settings.instanceId();
    ModelEvents said = new ModelEvents(settings.modelName(), instance, this::onModelEvent, clock);
    models =
        new LiveModels(
            settings.modelName(),
            source,
            loader,
            settings.loadTimeout(),
            said,
            counters,
            Retention.of(new ControlTopics(StreamsProperties.client(settings), serdes, topics)));
    models.closeAfter(CLOSE_PAUSE);
    modelMeters.watch(models);
    beacon =
        new InstanceBeacon(
            StreamsProperties.client(settings),
            serdes,
            topics.instances().name(),
            instance,
            settings.modelName(),
            models,
            clock);
    LiveOverrides overrides = new LiveOverrides(settings.modelName(), said::overrideRefused);
    EventPixels pixels =
        new EventPixels(
            roots,
            new ImageDecoder(settings.imageLimits()),
            DecodeJournal.open(settings.decodeJournal()));
    evaluations =
        new EvaluationProducer(
            StreamsProperties.client(settings), serdes, topics.evaluations().name());
    shadow =
        new ShadowRunner(
            models::shadow,
            pixels,
            evaluations.background(),
            overrides,
            settings.modelName(),
            instance,
            clock,
            counters);
    evaluations.start(shadow::drain);
    scheduler = new InferenceScheduler(settings.batch(), threads, models, pixels, counters, shadow);
    Map<String, Object> config =
        StreamsProperties.of(
            settings,
            new PrefetchInterceptor.Prefetch(
                scheduler, topics.images().name(), () -> serdes.deserializer(ImageEvent.class)));
    limits = RecordLimits.of(config);
    LiveLimits liveLimits = new LiveLimits(settings.applicationId(), settings.batch(), scheduler);
    Properties properties = new Properties();
    properties.putAll(config);
    streams =
        new KafkaStreams(
            ProcessorTopology.build(
                settings,
                config,
                new ProcessorTopology.Parts(
                    scheduler, liveLimits, models, counters, clock, overrides, shadow::label)),
            properties);
    CommitMeters.bind(streams, meters);
    streams.setUncaughtExceptionHandler(this::onFailure);
    streams.setStateListener((state, before) -> onState(state));
  }

  /**
   * Begins the work. Returns at once when the control topics are read; see {@link #awaitReady}.
   *
   * @throws IllegalStateException when topics are missing
   */
  public void start() {
    Map<String, Object> client = StreamsProperties.client(settings);
    StartCheck.topicsExist(client, settings.topics());
    TopicLimits.read(client, settings.topics(), limits);
    guarantees = StartCheck.guarantees(client, settings.topics());
    LOG.info("Settings: {}", settings.effective());
    streams.pause();
    streams.start();
    beacon.start();
    // The control topics are read by now, so that this asks for the version that is live.
    var unused = models.choose("", System.currentTimeMillis()).whenComplete(this::onModel);
  }

  /**
   * Waits until images are being answered: a live model is loaded and the stream threads run.
   *
   * @throws TimeoutException when it takes longer
   * @throws IllegalStateException when the instance failed
   */
  public void awaitReady(Duration patience) throws InterruptedException, TimeoutException {
    try {
      CompletableFuture.allOf(modelReady, running).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the processor failed", e.getCause());
    }
  }

  /** What the cluster does for exactly-once, as found at start; null before. */
  public ClusterGuarantees guarantees() {
    return guarantees;
  }

  /** The meters of this instance. */
  public MeterRegistry meters() {
    return counters.meters();
  }

  /**
   * The meters of Kafka Streams and its clients on this instance, under names that begin with
   * {@code kafka.}; whoever binds them closes them before this.
   */
  public KafkaStreamsMetrics kafkaMeters() {
    return new KafkaStreamsMetrics(streams);
  }

  /** The bounds of batch and queue in force, which the settings topic moves. */
  public BatchSettings batch() {
    return scheduler.settings();
  }

  /** How it is now. */
  public ProcessorStatus status() {
    Map<String, String> inForce = new TreeMap<>(settings.effective());
    inForce.put("batch.max", Integer.toString(batch().maxBatch()));
    inForce.put("queue.max", Integer.toString(batch().maxQueue()));
    return new ProcessorStatus(
        streams.state().name(),
        modelReady.isDone()
            && !modelReady.isCompletedExceptionally()
            && streams.state() == KafkaStreams.State.RUNNING,
        threads(),
        models.liveVersion(),
        models.loadedVersions(),
        models.refused(),
        counters.snapshot(),
        inForce);
  }

  /** Why the instance stopped by itself; empty while it did not. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Finishes the open transactions and stops. Closing twice is harmless. */
  @Override
  public void close() {
    closing = true;
    if (!streams.close(CLOSE_PATIENCE)) {
      LOG.warn("Images are still in work; they will be answered after the next start");
    }
    scheduler.close(); // ends what stream threads may still wait for
    if (!streams.close(CLOSE_PATIENCE)) {
      LOG.warn("Stream threads did not stop in time");
    }
    beacon.close();
    shadow.close();
    evaluations.close();
    models.close();
    loader.shutdown();
    roots.close();
    events.close();
  }

  private int threads() {
    return (int)
        streams.metadataForLocalThreads().stream()
            .filter(thread -> !thread.threadState().contains("DEAD"))
            .count();
  }

  private void onModelEvent(ModelEvent event) {
    modelMeters.event(event);
    events.accept(event);
    beacon.changed();
  }

  private void onModel(ServingModel model, Throwable failure) {
    if (failure != null) {
      modelReady.completeExceptionally(failure);
      return;
    }
    model.release();
    LOG.info("The first live model is loaded; images are answered from now on");
    streams.resume();
    modelReady.complete(null);
  }

  private void onState(KafkaStreams.State state) {
    if (state == KafkaStreams.State.RUNNING) {
      running.complete(null);
    } else if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
      running.completeExceptionally(
          new IllegalStateException("Kafka Streams is " + state, failure));
    }
  }

  private StreamThreadExceptionResponse onFailure(Throwable thrown) {
    // What the cluster refuses now it refuses the next thread as well.
    if (closing || thrown instanceof VirtualMachineError || refused(thrown)) {
      failure = thrown;
      LOG.error("A thread failed; the instance stops", thrown);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    if (MixedTopologiesException.causes(thrown)) {
      failure = new MixedTopologiesException(settings.applicationId(), thrown);
      LOG.info("A thread failed; the instance stops", failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.error("A thread failed and is replaced; its images are tried again", thrown);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException) {
        TopicLimits.read(StreamsProperties.client(settings), settings.topics(), limits);
      }
    }
    counters.threadReplaced();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private static boolean refused(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
        return true;
      }
    }
    return false;
  }

  /** The models of the configured blob store, loaded as an instance with these settings does. */
  public static ModelSource modelSource(ProcessorSettings settings) {
    EmbedderOptions options = settings.embedder();
    // The scheduler bounds the batches, and its bound may be raised.
    EmbedderOptions anyBatch =
        new EmbedderOptions(
            options.device(), options.fixedBatch(), BatchSettings.LARGEST_BATCH, options.how());
    return new VerifiedModelSource(
        BlobStores.open(
            settings.blobStore(),
            StreamsProperties.client(settings),
            settings.topics(),
            settings.s3(),
            settings.blobCache()),
        settings.trust(),
        (artifact, probe) -> EmbedderNetwork.load(artifact, anyBatch, probe),
        options.maxBatch());
  }
}
