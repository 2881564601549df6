package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.openset.calibration.Judgement;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.model.Judge;
import io.nirvanastreams.processor.model.ServedBy;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.processor.threshold.Target;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Forms the record of an answer. Everything but the timings is a function of its inputs. */
public final class Recognitions {
  private static final int NEAREST = 3;

  private Recognitions() {}

  /**
   * The answer that an inference leads to.
   *
   * @param overrides targets of single sources and classes
   * @param recordTime of the image, in milliseconds since 1970
   * @param now when the answer was formed
   */
  public static Recognition of(
      ImageEvent event,
      Inference inference,
      LiveOverrides overrides,
      long recordTime,
      Instant now) {
    return inference instanceof Inference.Embedded embedded
        ? judged(event, embedded, overrides, recordTime, now)
        : undecodable(event, (Inference.Undecodable) inference, recordTime, now);
  }

  /**
   * The answer for an embedded image: judged by the model that embedded it, with the calibration
   * and at the target that holds for its source and nearest class at its record time.
   */
  static Recognition judged(
      ImageEvent event,
      Inference.Embedded inference,
      LiveOverrides overrides,
      long recordTime,
      Instant now) {
    Judge by = inference.servedBy().at(recordTime);
    IntFunction<Target> target =
        nearest ->
            overrides.alpha(
                event.getSourceId(),
                by.classifier().labels().get(nearest),
                recordTime,
                by.classifier().rule().alpha());
    Judgement judgement =
        by.classifier()
            .judge(
                inference.embedding().feature(),
                inference.embedding().representation(),
                nearest -> target.apply(nearest).value());
    Decision decision = judgement.decision();
    Evidence evidence = judgement.evidence();
    int best = evidence.nearest();
    Target used = target.apply(best);
    Recognition.Builder answer =
        start(event, inference, recordTime, now)
            .setAlpha(used.value())
            .setOverrideId(used.overrideId())
            .setPValue(decision.pValue())
            .setScore(judgement.score())
            .setDistance(Math.sqrt(evidence.squaredDistances()[best]))
            .setCosine(evidence.cosines()[best])
            .setNearest(nearest(evidence, by.classifier().labels()));
    if (decision instanceof Decision.Known known) {
      answer.setOutcome(Outcome.KNOWN).setLabel(by.classifier().labels().get(known.classIndex()));
    } else {
      answer.setOutcome(Outcome.UNKNOWN);
    }
    return answer.build();
  }

  /** The answer for an image that could not be decoded. */
  static Recognition undecodable(
      ImageEvent event, Inference.Undecodable inference, long recordTime, Instant now) {
    return start(event, inference, recordTime, now)
        .setOutcome(Outcome.UNDECODABLE)
        .setReason(inference.reason())
        .build();
  }

  private static Recognition.Builder start(
      ImageEvent event, Inference inference, long recordTime, Instant now) {
    ServedBy by = inference.servedBy();
    Judge judge = by.at(recordTime);
    Inference.Times times = inference.times();
    return Recognition.newBuilder()
        .setEventId(event.getEventId())
        .setSourceId(event.getSourceId())
        .setScope(event.getScope())
        .setCapturedAt(event.getCapturedAt())
        .setModelName(by.modelName())
        .setModelVersion(by.modelVersion())
        .setWeightsSha256(by.weightsSha256())
        .setThresholdVersion(judge.thresholdVersion())
        .setScoreName(judge.scoreName())
        .setTimings(
            Timings.newBuilder()
                .setDecodeMicros(times.decodeMicros())
                .setQueueMicros(times.queueMicros())
                .setForwardMicros(times.forwardMicros())
                .setBatchSize(times.batchSize())
                .setAnsweredAt(now)
                .build());
  }

  private static List<NearestClass> nearest(Evidence evidence, List<String> labels) {
    List<NearestClass> nearest = new ArrayList<>(NEAREST);
    for (int index : evidence.nearest(NEAREST)) {
      nearest.add(
          NearestClass.newBuilder()
              .setLabel(labels.get(index))
              .setSquaredDistance(evidence.squaredDistances()[index])
              .setCosine(evidence.cosines()[index])
              .build());
    }
    return nearest;
  }
}
