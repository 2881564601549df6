package io.nirvanastreams.processor.batch;

import io.nirvanastreams.schemas.LiveSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the bounds of batch and queue that the settings topic names for this application,
 * while images flow. Bounds that do not go together are refused, and the last good ones stay; a
 * deleted record brings back those that the instance was started with. Safe for any thread.
 */
public final class LiveLimits {
  private static final Logger LOG = LoggerFactory.getLogger(LiveLimits.class);

  private final String applicationId;
  private final BatchSettings started;
  private final InferenceScheduler scheduler;

  /**
   * For the scheduler of an instance.
   *
   * @param applicationId key of the records that are meant
   * @param started the bounds that hold where a record names none
   */
  public LiveLimits(String applicationId, BatchSettings started, InferenceScheduler scheduler) {
    this.applicationId = applicationId;
    this.started = started;
    this.scheduler = scheduler;
  }

  /** A record of the settings topic; null for a deletion. */
  public void accept(String key, LiveSettings settings) {
    if (!applicationId.equals(key)) {
      return;
    }
    BatchSettings before = scheduler.settings();
    try {
      BatchSettings wanted = settings == null ? started : of(settings);
      if (!wanted.equals(before)) {
        scheduler.limit(wanted);
        LOG.info("From now on {}; before, {}", wanted, before);
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("The new bounds are refused, {} stays: {}", before, e.getMessage());
    }
  }

  private BatchSettings of(LiveSettings settings) {
    return new BatchSettings(
        settings.getMaxBatch() == 0 ? started.maxBatch() : settings.getMaxBatch(),
        settings.getMaxQueue() == 0 ? started.maxQueue() : settings.getMaxQueue(),
        started.decodeThreads());
  }
}
