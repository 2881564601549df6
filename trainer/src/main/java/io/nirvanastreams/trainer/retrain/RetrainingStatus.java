package io.nirvanastreams.trainer.retrain;

import java.time.Duration;
import java.util.Map;

/**
 * Where a retraining service stands. Immutable.
 *
 * @param caughtUp whether all that was on the topics when it started has been read
 * @param learning whether it is learning now
 * @param images labelled images by class
 * @param published versions published since it started
 * @param refused versions learned and not published since it started
 * @param failed of these, those that something went wrong with, rather than forgot too much
 * @param learningTime time spent on learning since it started
 * @param failure why the service stopped; empty while it runs
 */
public record RetrainingStatus(
    boolean caughtUp,
    boolean learning,
    Map<String, Integer> images,
    int published,
    int refused,
    int failed,
    Duration learningTime,
    String failure) {

  /** Copies the map. */
  public RetrainingStatus {
    images = Map.copyOf(images);
  }

  /** Nothing done yet. */
  static RetrainingStatus start(Map<String, Integer> images) {
    return new RetrainingStatus(false, false, images, 0, 0, 0, Duration.ZERO, "");
  }

  RetrainingStatus with(boolean nowCaughtUp, boolean nowLearning, Map<String, Integer> nowImages) {
    return new RetrainingStatus(
        nowCaughtUp, nowLearning, nowImages, published, refused, failed, learningTime, "");
  }

  RetrainingStatus after(LearningStep.Result result, Duration time) {
    boolean done = result == LearningStep.Result.PUBLISHED;
    return new RetrainingStatus(
        caughtUp,
        false,
        images,
        published + (done ? 1 : 0),
        refused + (done ? 0 : 1),
        failed + (result == LearningStep.Result.FAILED ? 1 : 0),
        learningTime.plus(time),
        "");
  }

  RetrainingStatus stopped(String why) {
    return new RetrainingStatus(
        caughtUp, false, images, published, refused, failed, learningTime, why);
  }
}
