package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Provenance;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Shuffle;
import io.nirvanastreams.trainer.data.Splits;
import io.nirvanastreams.trainer.retrain.VersionMeasure.Learned;
import io.nirvanastreams.trainer.train.BackgroundSettings;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingFailedException;
import io.nirvanastreams.trainer.train.TrainingListener;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Learns new classes by fine-tuning the live version: the new classes sit on the next vertices, the
 * old ones are rehearsed, decisions are calibrated anew with images that no version was trained on,
 * and the old classes are measured before and after. Where they lose more than the {@link
 * ForgettingLimit} they get a lead, or it trains again with more weight on them. For one thread at
 * a time.
 */
public final class FineTuner implements ModelLearner {
  private final FineTuneSettings settings;
  private final Splits rehearsal;
  private final ImageSet background;
  private final BlobStore blobs;
  private final Path workFolder;
  private final Clock clock;
  private final List<TrainingListener> listeners;

  /**
   * A learner.
   *
   * @param rehearsal images of the classes that the first version was trained on, cut as they were
   *     cut then: what calibrated it must not be trained on now
   * @param background images of no class, for recipes that ask for them; or null
   * @param blobs where the live version's weights are
   * @param workFolder where new versions are written before they are published
   * @param listeners who watches the training
   */
  public FineTuner(
      FineTuneSettings settings,
      Splits rehearsal,
      ImageSet background,
      BlobStore blobs,
      Path workFolder,
      Clock clock,
      List<TrainingListener> listeners) {
    this.settings = settings;
    this.rehearsal = rehearsal;
    this.background = background;
    this.blobs = blobs;
    this.workFolder = workFolder;
    this.clock = clock;
    this.listeners = new ArrayList<>(listeners);
    this.listeners.add(new StopWhenInterrupted());
  }

  @Override
  public LearnedModel learn(LearningTask task) throws LearningFailedException {
    try {
      ModelArtifact parent = fetch(task.parent());
      try (Embedder before = embedder(parent)) {
        LearningData data =
            LearningData.of(task, rehearsal, task.images(), outliers(task, before), settings);
        TrainingTask training = training(task, parent, data);
        return learned(
            settings
                .forgetting()
                .keep(
                    training.recipe().loss().old().weight(),
                    new Attempts(task, data, training, before)));
      }
    } catch (IOException | BadModelException | TrainingFailedException e) {
      throw new LearningFailedException(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new LearningFailedException("the parts do not fit: " + e.getMessage(), e);
    }
  }

  /** The trainings of one version from one parent, and the leads of their old classes. */
  private final class Attempts implements ForgettingLimit.Training<Learned> {
    private final LearningTask task;
    private final LearningData data;
    private final TrainingTask training;
    private final Embedder before;

    Attempts(LearningTask task, LearningData data, TrainingTask training, Embedder before) {
      this.task = task;
      this.data = data;
      this.training = training;
      this.before = before;
    }

    @Override
    public LearningAttempt<Learned> with(double oldWeight) throws IOException, BadModelException {
      return measured(Trainer.train(training.withOldWeight(oldWeight)));
    }

    @Override
    public Optional<ForgettingLimit.Leads<Learned>> leads(LearningAttempt<Learned> attempt)
        throws BadModelException {
      TrainedModel trained = attempt.model().trained();
      if (!trained.canLead()) {
        return Optional.empty();
      }
      try (Embedder after = embedder(attempt.model().publication().artifact())) {
        return Optional.of(
            new MeasuredLeads<>(
                before,
                after,
                attempt.lead(),
                data.oldValidation(),
                lead -> measured(trained.withOldLead(lead))));
      }
    }

    /** Everything is fitted to the weights as they are now, a lead included. */
    private LearningAttempt<Learned> measured(TrainedModel trained)
        throws IOException, BadModelException {
      ModelArtifact artifact = ModelArtifacts.write(workFolder, trained.spec(), trained.weights());
      try (Embedder after = embedder(artifact)) {
        return new VersionMeasure(settings, clock)
            .measure(task, data, trained, artifact, before, after);
      }
    }
  }

  private Embedder embedder(ModelArtifact artifact) throws BadModelException {
    return Embedder.load(artifact, new EmbedderOptions(settings.device(), 0));
  }

  private static LearnedModel learned(BoundedLearning<Learned> learning) {
    Forgetting forgetting = learning.taken().forgetting();
    return new LearnedModel(
        learning
            .taken()
            .model()
            .publication()
            .withMeasure("learning-attempts", learning.trainings())
            .withMeasure("forgetting-limit", learning.limit().limit()),
        forgetting.accuracyBefore(),
        forgetting.accuracyAfter(),
        learning.remark());
  }

  private ModelArtifact fetch(ModelVersion version) throws IOException, BadModelException {
    ModelArtifact artifact = ModelArtifacts.read(blobs.fetch(version.manifest().getWeightsUri()));
    if (!artifact.weightsSha256().equals(version.manifest().getWeightsSha256())) {
      throw new BadModelException(
          "the weights of version " + version.spec().version() + " are not those published",
          "publish it again");
    }
    return artifact;
  }

  private TrainingTask training(LearningTask task, ModelArtifact parent, LearningData data)
      throws IOException, LearningFailedException {
    Provenance provenance = task.parent().manifest().getProvenance();
    if (provenance == null) {
      throw new LearningFailedException(
          "version " + task.parent().spec().version() + " does not say what recipe made it");
    }
    Recipe recipe =
        Recipe.fromMap(provenance.getRecipe())
            .forFineTuning(task.parent().spec().classes().size())
            .with(settings.recipe());
    TrainingTask training =
        TrainingTask.of(
                task.parent().spec().name(),
                recipe,
                data.parts().train(),
                data.parts().validation(),
                Shuffle.seed(settings.seed(), task.version()))
            .withStart(task.version(), Safetensors.read(parent.weights()))
            .on(settings.device(), settings.threads())
            .in(settings.execution());
    if (recipe.background().kind() == BackgroundSettings.Kind.GIVEN && background != null) {
      training = training.withBackground(background);
    }
    for (TrainingListener listener : listeners) {
      training = training.withListener(listener);
    }
    return training;
  }

  private Set<String> outliers(LearningTask task, Embedder embedder) {
    Map<String, List<LabelledImage>> groups =
        task.images().values().stream()
            .flatMap(List::stream)
            .filter(image -> !image.groupId().isEmpty()) // the others were named one by one
            .collect(
                Collectors.groupingBy(
                    LabelledImage::groupId, LinkedHashMap::new, Collectors.toList()));
    Set<String> outliers = new HashSet<>();
    for (List<LabelledImage> members : groups.values()) {
      members.forEach(image -> outliers.add(image.eventId()));
      float[][] representations =
          embedder.embed(members.stream().map(LabelledImage::pixels).toList()).stream()
              .map(Embedding::representation)
              .toArray(float[][]::new);
      for (int kept : GroupTrim.keep(representations, settings.maximumTrim())) {
        outliers.remove(members.get(kept).eventId());
      }
    }
    return outliers;
  }
}
