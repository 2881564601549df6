package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.CalibrationFit;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.ClassMeasures;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.evaluate.Evaluator;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.publish.Probes;
import io.nirvanastreams.trainer.publish.Provenances;
import io.nirvanastreams.trainer.publish.Publication;
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

  LearnedModel measure(
      LearningTask task,
      LearningData data,
      TrainedModel trained,
      ModelArtifact artifact,
      Embedder before,
      Embedder after) {
    float[][] centres = trained.spec().centres();
    OpenSetCalibration calibration = calibration(task, data, after, centres);
    EvaluationReport report =
        Evaluator.evaluate(
            centres, calibration, Features.of(after, data.parts().validation()), none(data));
    double oldBefore = oldAccuracy(task.parent(), data, before);
    double oldAfter =
        Evaluator.evaluate(
                centres, calibration, Features.of(after, data.oldValidation()), none(data))
            .accuracy();
    Publication publication =
        new Publication(
            artifact,
            calibration,
            Probes.of(after, data.distinct(), Probes.DEFAULT_COUNT),
            Provenances.of(trained, data.distinct().size(), clock),
            measures(report, oldBefore, oldAfter),
            task.parent());
    return new LearnedModel(publication, oldBefore, oldAfter);
  }

  /** The parent's way to decide, fitted to the new weights and classes. */
  private OpenSetCalibration calibration(
      LearningTask task, LearningData data, Embedder after, float[][] centres) {
    OpenSetCalibration parent = task.parent().calibration();
    int references =
        parent.classes().stream()
            .map(ClassCalibration::references)
            .mapToInt(rows -> rows.length)
            .max()
            .orElse(0);
    CalibrationSettings same =
        new CalibrationSettings(
            parent.alpha(),
            parent.method(),
            parent.score(),
            parent.scoreParameters(),
            references > 0 ? references : CalibrationSettings.DEFAULT_REFERENCES,
            settings.seed());
    // Only what can become a reference is embedded, instead of all that was trained on.
    ImageSet candidates =
        data.distinct().atMostPerClass(same.referencesPerClass(), settings.seed());
    return CalibrationFit.fit(
        same,
        "c" + task.version(),
        centres,
        Features.of(after, candidates),
        Features.of(after, data.parts().calibration()));
  }

  private static double oldAccuracy(ModelVersion parent, LearningData data, Embedder before) {
    ImageSet old = data.oldValidation().ofClasses(parent.spec().classes());
    return Evaluator.evaluate(
            parent.centres(), parent.calibration(), Features.of(before, old), none(data))
        .accuracy();
  }

  private static Features none(LearningData data) {
    return new Features(
        data.parts().validation().classes(), new float[0][], new float[0][], new int[0]);
  }

  private static Map<String, Double> measures(
      EvaluationReport report, double oldBefore, double oldAfter) {
    Map<String, Double> measures = new TreeMap<>();
    measures.put("accuracy", report.accuracy());
    measures.put("known-right", report.knownRight());
    measures.put("false-unknown", report.falseUnknown());
    measures.put("old-accuracy-before", oldBefore);
    measures.put("old-accuracy-after", oldAfter);
    for (ClassMeasures one : report.classes()) {
      if (one.known() && one.images() > 0) {
        measures.put("recall." + one.label(), one.recall());
      }
    }
    return measures;
  }
}
