package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.guarantee.CentresNeverMove;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.model.TrainingJob;
import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Shuffle;
import io.nirvanastreams.trainer.data.Splits;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.retrain.BoundedLearning;
import io.nirvanastreams.trainer.retrain.Forgetting;
import io.nirvanastreams.trainer.retrain.ForgettingLimit;
import io.nirvanastreams.trainer.retrain.LearningAttempt;
import io.nirvanastreams.trainer.retrain.MeasuredLeads;
import io.nirvanastreams.trainer.train.CurveRecorder;
import io.nirvanastreams.trainer.train.OldClasses;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingListener;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Adds classes one at a time: each by fine-tuning the version before with rehearsal of the old
 * classes, as retraining does, and beside it by training from scratch. One thread.
 */
public final class IncrementalRun {
  private final TrainingTask whole;
  private final TrainingData data;
  private final IncrementalPlan plan;
  private final int firstClasses;
  private final Path folder;
  private CalibrationSettings calibration;

  /** A version as it was trained and written, with what it is worth. */
  private record Version(
      TrainedModel trained, TrainingJob.Result result, VersionMeasures measures) {
    ModelFolder folder() {
      return result.folder();
    }
  }

  /**
   * A run of which nothing has run.
   *
   * @param whole a training on all classes, those to be added last; it gives recipe, device, seed,
   *     background and listeners
   * @param data that {@code whole} trains on; classes held out stay unknown to every version
   * @param folder gets the report, and one folder a model
   */
  public IncrementalRun(TrainingTask whole, TrainingData data, IncrementalPlan plan, Path folder) {
    this.whole = whole;
    this.data = data;
    this.plan = plan;
    this.firstClasses = whole.classes().size() - plan.added().size();
    this.folder = folder;
  }

  /**
   * Runs to the end and writes the report.
   *
   * @param choose how scores become decisions, by the training of the first version
   * @return the report as Markdown
   */
  public String run(String name, String command, Function<TrainingTask, CalibrationSettings> choose)
      throws IOException, BadModelException {
    Recipe fineTuning = plan.fineTuning(whole.recipe(), firstClasses);
    TrainingTask first = scratch(firstClasses);
    calibration = choose.apply(first);
    Version start = version(first, firstClasses, "version-1");
    Version parent = start;
    List<IncrementalStep> steps = new ArrayList<>();
    for (int classes = firstClasses + 1; classes <= whole.classes().size(); classes++) {
      int number = classes - firstClasses + 1;
      BoundedLearning<Version> tuning = tuned(parent, fineTuning, classes, "version-" + number);
      Version tuned = tuning.taken().model();
      refuseMoved(parent.folder().artifact().spec(), tuned.folder().artifact().spec());
      Version scratch = version(scratch(classes), classes, "scratch-" + number);
      steps.add(
          new IncrementalStep(
              number,
              whole.classes().get(classes - 1),
              parent.measures(),
              tuning.map(Version::measures),
              scratch.measures()));
      parent = tuned;
    }
    IncrementalReport report =
        new IncrementalReport(
            name,
            command,
            Machine.of(whole.device()),
            first.classes(),
            calibration.score(),
            whole.recipe(),
            fineTuning,
            plan,
            start.measures(),
            steps);
    report.write(folder);
    return report.toMarkdown();
  }

  private static void refuseMoved(ModelSpec before, ModelSpec after) {
    List<ClassCentre> centres = new ArrayList<>(CentreRecords.toRecords(before, before.centres()));
    centres.addAll(CentreRecords.toRecords(after, after.centres()));
    List<String> moved = CentresNeverMove.moved(centres);
    if (!moved.isEmpty()) {
      throw new IllegalStateException(String.join(", ", moved));
    }
  }

  private BoundedLearning<Version> tuned(
      Version parent, Recipe fineTuning, int classes, String name)
      throws IOException, BadModelException {
    TrainingTask task =
        fineTuned(
            parent,
            fineTuning.with(
                new OldClasses(
                    classes - 1, fineTuning.loss().old().weight(), fineTuning.loss().old().lead())),
            classes);
    BoundedLearning<Version> tuning =
        plan.forgetting()
            .keep(fineTuning.loss().old().weight(), new Attempts(parent, task, classes, name));
    // A training after the one that was taken wrote over it; the weights of all are still there.
    tuning.taken().model().result().write(folder.resolve(name));
    return tuning;
  }

  /** The trainings of one version from one parent, and the leads of their old classes. */
  private final class Attempts implements ForgettingLimit.Training<Version> {
    private final Version parent;
    private final TrainingTask task;
    private final int classes;
    private final String name;

    Attempts(Version parent, TrainingTask task, int classes, String name) {
      this.parent = parent;
      this.task = task;
      this.classes = classes;
      this.name = name;
    }

    @Override
    public LearningAttempt<Version> with(double oldWeight) throws IOException, BadModelException {
      return measured(version(task.withOldWeight(oldWeight), classes, name));
    }

    @Override
    public Optional<ForgettingLimit.Leads<Version>> leads(LearningAttempt<Version> attempt)
        throws BadModelException {
      TrainedModel trained = attempt.model().trained();
      if (!trained.canLead()) {
        return Optional.empty();
      }
      try (Embedder before = embedder(parent.result());
          Embedder after = embedder(attempt.model().result())) {
        return Optional.of(
            new MeasuredLeads<>(
                before, after, attempt.lead(), oldValidation(), lead -> led(trained, lead)));
      }
    }

    private LearningAttempt<Version> led(TrainedModel trained, double lead)
        throws IOException, BadModelException {
      return measured(version(trained.withOldLead(lead), task, classes, name, System.nanoTime()));
    }

    private ImageSet oldValidation() {
      return data.parts().validation().ofClasses(names(classes - 1));
    }

    private LearningAttempt<Version> measured(Version version) throws BadModelException {
      try (Embedder before = embedder(parent.result());
          Embedder after = embedder(version.result())) {
        OldClasses old = version.trained().recipe().loss().old();
        return new LearningAttempt<>(
            version,
            old.weight(),
            old.lead(),
            Forgetting.between(before, after, oldValidation()),
            version.measures().validation().added());
      }
    }
  }

  private Embedder embedder(TrainingJob.Result result) throws BadModelException {
    return Embedder.load(result.folder().artifact(), new EmbedderOptions(whole.device(), 0));
  }

  private Version version(TrainingTask task, int classes, String name)
      throws IOException, BadModelException {
    long start = System.nanoTime();
    task.recipe().requireFixedCentres();
    TrainedModel trained =
        Trainer.train(task.withListener(new CurveRecorder(folder.resolve(name))));
    return version(trained, task, classes, name, start);
  }

  private Version version(
      TrainedModel trained, TrainingTask task, int classes, String name, long start)
      throws IOException, BadModelException {
    TrainingData known = firstOf(classes);
    TrainingJob.Result result =
        TrainingJob.finish(
            trained, task, known, calibration, folder.resolve(name), Clock.systemUTC());
    try (Embedder embedder = embedder(result)) {
      int old = classes == firstClasses ? classes : classes - 1;
      return new Version(
          trained,
          result,
          VersionMeasures.of(
              shares(embedder, known.parts().validation(), old),
              shares(embedder, known.testKnown(), old),
              result.report(),
              (System.nanoTime() - start) / 1e9));
    }
  }

  private ClassShares shares(Embedder embedder, ImageSet images, int oldClasses) {
    return ClassShares.of(
        NearestVertices.of(embedder, images), firstClasses, oldClasses, images.classes().size());
  }

  private TrainingTask scratch(int classes) {
    return task(whole.recipe(), data.parts().train().ofClasses(names(classes)), whole.seed());
  }

  /** What rehearses a class is chosen by the same seed each time: the images that were kept. */
  private TrainingTask fineTuned(Version parent, Recipe recipe, int classes) throws IOException {
    ImageSet kept =
        data.parts()
            .train()
            .ofClasses(names(classes))
            .atMostPerClass(plan.rehearsalPerClass(), whole.seed())
            .balanced(whole.seed());
    int version = parent.folder().artifact().spec().version() + 1;
    return task(recipe, kept, Shuffle.seed(whole.seed(), version))
        .withStart(version, Safetensors.read(parent.folder().artifact().weights()));
  }

  private TrainingTask task(Recipe recipe, ImageSet train, long seed) {
    ImageSet validation = data.parts().validation().ofClasses(train.classes());
    TrainingTask task =
        TrainingTask.of(whole.name(), recipe, train, validation, seed)
            .on(whole.device(), whole.threads())
            .across(whole.devices())
            .in(whole.execution());
    if (whole.background() != null) {
      task = task.withBackground(whole.background());
    }
    for (TrainingListener listener : whole.listeners()) {
      task = task.withListener(listener);
    }
    return task;
  }

  /** The data as a version sees it: the classes that come later are unknown. */
  private TrainingData firstOf(int classes) {
    List<String> known = names(classes);
    List<String> later = whole.classes().subList(classes, whole.classes().size());
    Splits parts = data.parts();
    return new TrainingData(
        new Splits(
            parts.train().ofClasses(known),
            parts.validation().ofClasses(known),
            parts.calibration().ofClasses(known)),
        data.testKnown().ofClasses(known),
        data.testKnown().ofClasses(later).concat(data.testUnknown()));
  }

  private List<String> names(int classes) {
    return whole.classes().subList(0, classes);
  }
}
