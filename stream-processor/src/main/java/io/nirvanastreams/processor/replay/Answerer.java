package io.nirvanastreams.processor.replay;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.processor.batch.IdleWork;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.InferenceThreads;
import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import io.nirvanastreams.processor.batch.PendingInference;
import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.ModelSource;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.recognise.EventPixels;
import io.nirvanastreams.processor.recognise.Recognitions;
import io.nirvanastreams.processor.reference.ImageRoots;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Recognition;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers images outside the stream with the stream's own parts: its scheduler, decoder, networks
 * and decisions. So an answer can only differ from the stream's where the model does.
 *
 * <p>Safe for any thread. Closing frees the models.
 */
public final class Answerer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final InferenceScheduler scheduler;
  private final LiveOverrides overrides;
  private final Clock clock;
  private final Runnable closeModels;

  /**
   * An answerer over these parts.
   *
   * @param overrides targets of single sources and classes, as the stream has them
   * @param closeModels frees the models; called once the scheduler is closed
   */
  public Answerer(
      InferenceScheduler scheduler, LiveOverrides overrides, Clock clock, Runnable closeModels) {
    this.scheduler = scheduler;
    this.overrides = overrides;
    this.clock = clock;
    this.closeModels = closeModels;
  }

  /**
   * Answers with one version, loaded and verified as in the stream, and with those of its
   * calibrations that the version given has.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   * @throws BadModelException when the version must not answer
   */
  public static Answerer with(
      ProcessorSettings settings, ModelVersion version, Map<String, ?> kafka)
      throws BadModelException {
    LiveOverrides overrides = ScheduledModels.overrides(settings, kafka);
    ServingModel model = StreamProcessor.modelSource(settings).load(version);
    ImageRoots roots = ImageRoots.of(settings.imagesRoots(), settings.s3());
    return new Answerer(
        scheduler(settings, roots, new OneModel(model), new Counters()),
        overrides,
        Clock.systemUTC(),
        () -> {
          model.release();
          roots.close();
        });
  }

  /**
   * Answers each image with the version that was live at its record time. Returns once one of them
   * is loaded.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   * @throws InferenceUnavailableException when all of them are refused; the message says why
   */
  public static Answerer asLive(ProcessorSettings settings, Map<String, ?> kafka) {
    Counters counters = new Counters();
    ModelSource source = StreamProcessor.modelSource(settings);
    ScheduledModels models = ScheduledModels.read(settings, source, counters, kafka);
    try {
      models.awaitOne();
    } catch (InferenceUnavailableException e) {
      models.close();
      throw e;
    }
    ImageRoots roots = ImageRoots.of(settings.imagesRoots(), settings.s3());
    return new Answerer(
        scheduler(settings, roots, models, counters),
        ScheduledModels.overrides(settings, kafka),
        Clock.systemUTC(),
        () -> {
          models.close();
          roots.close();
        });
  }

  /**
   * Submits images together; waits for room.
   *
   * @return what {@link #answer} takes, in the same order
   * @throws InferenceUnavailableException when there is no room for very long
   */
  public List<PendingInference> submit(List<InferenceRequest> requests) {
    var futures = scheduler.submit(requests, PATIENCE);
    if (futures.size() < requests.size()) {
      throw new InferenceUnavailableException("no room in the scheduler");
    }
    List<PendingInference> pending = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      pending.add(new PendingInference(requests.get(i).event(), futures.get(i)));
    }
    return pending;
  }

  /**
   * Waits for the answer of a submitted image.
   *
   * @param recordTime of the image, in milliseconds since 1970
   * @throws InferenceUnavailableException when it cannot be had, by no fault of the image
   */
  public Recognition answer(PendingInference pending, long recordTime) {
    try {
      return Recognitions.of(
          pending.event(), inference(pending), overrides, recordTime, clock.instant());
    } catch (CompletionException e) {
      throw unavailable(e);
    }
  }

  /** The innermost reason is the one that says what to do. */
  private static InferenceUnavailableException unavailable(CompletionException failure) {
    InferenceUnavailableException innermost =
        new InferenceUnavailableException("inference failed", failure.getCause());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InferenceUnavailableException unavailable) {
        innermost = unavailable;
      }
    }
    return innermost;
  }

  /** An answer that never comes must not hold up a replay for ever. */
  private static Inference inference(PendingInference pending) {
    return pending
        .inference()
        .copy()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException
                        ? new InferenceUnavailableException(
                            "no version answered within "
                                + PATIENCE.toMinutes()
                                + " minutes; see with 'nirvana models history' what was refused")
                        : failure))
        .join();
  }

  @Override
  public void close() {
    scheduler.close();
    closeModels.run();
  }

  private static InferenceScheduler scheduler(
      ProcessorSettings settings, ImageRoots roots, ModelChooser models, Counters counters) {
    return new InferenceScheduler(
        settings.batch(),
        InferenceThreads.of(settings.embedder().device(), settings.inferenceThreads()),
        models,
        new EventPixels(roots, new ImageDecoder(settings.imageLimits())),
        counters,
        IdleWork.NONE);
  }
}
