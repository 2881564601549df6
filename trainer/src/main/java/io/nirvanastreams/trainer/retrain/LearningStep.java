package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.trainer.publish.ModelEvents;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.Publisher;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns one version and publishes it, unless it forgot too much. Whatever goes wrong is said as an
 * event and leaves the live version in place. For one thread.
 */
final class LearningStep {
  private static final Logger LOG = LoggerFactory.getLogger(LearningStep.class);

  private final RetrainingSettings settings;
  private final ModelLearner learner;
  private final Publisher publisher;
  private final ModelPromotions promotions;
  private final ModelEvents events;

  LearningStep(
      RetrainingSettings settings,
      ModelLearner learner,
      Publisher publisher,
      ModelPromotions promotions,
      ModelEvents events) {
    this.settings = settings;
    this.learner = learner;
    this.publisher = publisher;
    this.promotions = promotions;
    this.events = events;
  }

  /** What came of it. */
  enum Result {
    /** A version was published and promoted. */
    PUBLISHED,
    /** A version was learned and forgot too much. */
    REFUSED,
    /** Something went wrong. */
    FAILED,
    /** The service ends. */
    GIVEN_UP
  }

  /** Learns, and publishes what was learned. */
  Result run(LearningTask task) {
    long start = System.nanoTime();
    String classes = String.join(", ", task.newClasses());
    LOG.info("learning {} as version {}", classes, task.version());
    try {
      say(task, ModelEventKind.TRAINING, "new: " + classes, Duration.ZERO);
      LearnedModel learned = learner.learn(task);
      if (learned.forgetting() > settings.maximumForgetting()
          || Double.isNaN(learned.forgetting())) {
        refuse(task, forgot(learned), start);
        return Result.REFUSED;
      }
      publisher.publish(learned.publication(), task.traces());
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      String remark = learned.remark().isEmpty() ? "" : "; " + learned.remark();
      String reason = "learned " + classes + remark;
      promotions.promote(settings.modelName(), task.version(), reason, settings.instance());
      say(task, ModelEventKind.PUBLISHED, reason, duration);
      LOG.info("published version {} after {} ms", task.version(), duration.toMillis());
      return Result.PUBLISHED;
    } catch (CancellationException e) {
      LOG.info("version {} is given up, since the service ends", task.version());
      return Result.GIVEN_UP;
    } catch (LearningFailedException | IOException | RuntimeException e) {
      rethrowWhenInterrupted(e);
      LOG.debug("version {} was not published", task.version(), e);
      refuse(task, String.valueOf(e.getMessage()), start);
      return Result.FAILED;
    }
  }

  private String forgot(LearnedModel learned) {
    return String.format(
        Locale.ROOT,
        "accuracy on the old classes falls from %.4f to %.4f, allowed are %.4f less%s",
        learned.oldAccuracyBefore(),
        learned.oldAccuracyAfter(),
        settings.maximumForgetting(),
        learned.remark().isEmpty() ? "" : "; " + learned.remark());
  }

  private void refuse(LearningTask task, String reason, long start) {
    LOG.warn("version {} is not published: {}", task.version(), reason);
    say(task, ModelEventKind.NOT_PUBLISHED, reason, Duration.ofNanos(System.nanoTime() - start));
  }

  private void say(LearningTask task, ModelEventKind kind, String reason, Duration duration) {
    try {
      events.say(settings.modelName(), task.version(), kind, reason, duration);
    } catch (KafkaException e) {
      rethrowWhenInterrupted(e);
      LOG.warn("cannot say {} of version {}", kind, task.version(), e); // no reason not to learn
    }
  }

  private static void rethrowWhenInterrupted(Exception e) {
    if (e instanceof InterruptException interrupt) {
      throw interrupt;
    }
  }
}
