package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.trainer.build.ModelBuilder;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.ClassMeasures;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.publish.Probes;
import io.nirvanastreams.trainer.publish.Provenances;
import io.nirvanastreams.trainer.publish.Publication;
import io.nirvanastreams.trainer.train.OldClasses;
import io.nirvanastreams.trainer.train.TrainedModel;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Calibrates a version that was just learned, and measures it against its parent. */
final class VersionMeasure {
  private final FineTuneSettings settings;
  private final Clock clock;

  VersionMeasure(FineTuneSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What a training gave.
   *
   * @param publication made of it
   */
  record Learned(TrainedModel trained, Publication publication) {}

  LearningAttempt<Learned> measure(
      LearningTask task,
      LearningData data,
      TrainedModel trained,
      ModelArtifact artifact,
      Embedder before,
      Embedder after) {
    OpenSetCalibration calibration =
        ModelBuilder.calibrate(
            sameAs(task.parent().calibration()),
            after,
            data.distinct(),
            data.parts().calibration());
    ImageSet validation = data.parts().validation();
    EvaluationReport report =
        ModelBuilder.evaluate(after, calibration, validation, noneOf(validation));
    Forgetting forgetting = Forgetting.between(before, after, data.oldValidation());
    OldClasses old = trained.recipe().loss().old();
    Publication publication =
        new Publication(
            artifact,
            calibration,
            Probes.of(after, data.distinct(), Probes.DEFAULT_COUNT),
            Provenances.of(trained, data.distinct().size(), clock),
            measures(report, forgetting, old),
            task.parent());
    return new LearningAttempt<>(
        new Learned(trained, publication),
        old.weight(),
        old.lead(),
        forgetting,
        share(Forgetting.right(after, data.newValidation())));
  }

  private static double share(boolean[] right) {
    int count = 0;
    for (boolean one : right) {
      count += one ? 1 : 0;
    }
    return (double) count / right.length;
  }

  /** The parent's way to decide, to be fitted to the new weights and classes. */
  private CalibrationSettings sameAs(OpenSetCalibration parent) {
    int references =
        parent.classes().stream()
            .map(ClassCalibration::references)
            .mapToInt(rows -> rows.length)
            .max()
            .orElse(0);
    return new CalibrationSettings(
        parent.alpha(),
        parent.method(),
        parent.score(),
        parent.scoreParameters(),
        references > 0 ? references : CalibrationSettings.DEFAULT_REFERENCES,
        settings.seed());
  }

  private static ImageSet noneOf(ImageSet images) {
    return images.subset(new int[0]);
  }

  private static Map<String, Double> measures(
      EvaluationReport report, Forgetting forgetting, OldClasses old) {
    Map<String, Double> measures = new TreeMap<>();
    measures.put("accuracy", report.accuracy());
    measures.put("known-right", report.knownRight());
    measures.put("false-unknown", report.falseUnknown());
    measures.put("old-accuracy-before", forgetting.accuracyBefore());
    measures.put("old-accuracy-after", forgetting.accuracyAfter());
    measures.put("old-accuracy-error", forgetting.error());
    measures.put("old-weight", old.weight());
    measures.put("old-lead", old.lead());
    for (ClassMeasures one : report.classes()) {
      if (one.known() && one.images() > 0) {
        measures.put("recall." + one.label(), one.recall());
      }
    }
    return measures;
  }
}
