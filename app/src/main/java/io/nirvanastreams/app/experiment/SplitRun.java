package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.model.TrainingJob;
import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.ConformalStudy;
import io.nirvanastreams.trainer.evaluate.EpochProtocols;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.evaluate.ScoreSet;
import io.nirvanastreams.trainer.train.CurveRecorder;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What one split of an experiment came to.
 *
 * @param report by the honest protocol, with the model selected on validation images
 * @param protocols the epochs by every protocol
 * @param authorsMeasure what the authors choose the epoch by
 * @param conformal the promise over calibrations drawn anew
 * @param seconds training, calibration and measuring took
 */
record SplitRun(
    EvaluationReport report,
    EpochProtocols protocols,
    String authorsMeasure,
    ConformalStudy conformal,
    double seconds) {
  private static final List<Double> ALPHAS = List.of(0.01, 0.05, 0.1);
  private static final int DRAWS = 30;

  /**
   * Runs a split.
   *
   * @param task trains on {@code data}'s parts
   * @param settings how its scores become decisions
   * @param out gets the model, its report and its pictures
   */
  static SplitRun of(TrainingTask task, TrainingData data, CalibrationSettings settings, Path out)
      throws IOException, BadModelException {
    long start = System.nanoTime();
    EpochWatch watch = new EpochWatch(data.testKnown(), data.testUnknown());
    TrainingTask watched = task.withListener(new CurveRecorder(out)).withListener(watch);
    TrainingJob.Result result = TrainingJob.run(watched, data, settings, out, Clock.systemUTC());
    ConformalStudy conformal = study(result, task, data);
    return new SplitRun(
        result.report(),
        watch.protocols(),
        watch.authorsMeasure(),
        conformal,
        (System.nanoTime() - start) / 1e9);
  }

  /** Held out are the images of calibration and test: nothing was fitted to or chosen by them. */
  private static ConformalStudy study(
      TrainingJob.Result result, TrainingTask task, TrainingData data) throws BadModelException {
    ImageSet heldOut = data.parts().calibration().concat(data.testKnown());
    OpenSetCalibration calibration = result.folder().calibration();
    try (Embedder embedder =
        Embedder.load(result.folder().artifact(), new EmbedderOptions(task.device(), 0))) {
      float[][] centres = embedder.spec().centres();
      return ConformalStudy.of(
          ScoreSet.of(centres, calibration, Features.none(task.classes()))
              .scores()
              .get(calibration.score()),
          centres,
          Features.of(embedder, heldOut),
          data.parts().calibration().size(),
          ALPHAS,
          DRAWS,
          task.seed());
    }
  }
}
