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
    OpenSetCalibration calibration =
        ModelBuilder.calibrate(
            sameAs(task.parent().calibration()),
            after,
            data.distinct(),
            data.parts().calibration());
    ImageSet validation = data.parts().validation();
    EvaluationReport report =
        ModelBuilder.evaluate(after, calibration, validation, noneOf(validation));
    ImageSet old = data.oldValidation();
    double oldBefore =
        ModelBuilder.evaluate(
                before,
                task.parent().calibration(),
                old.ofClasses(task.parent().spec().classes()),
                noneOf(old))
            .accuracy();
    double oldAfter = ModelBuilder.evaluate(after, calibration, old, noneOf(old)).accuracy();
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
