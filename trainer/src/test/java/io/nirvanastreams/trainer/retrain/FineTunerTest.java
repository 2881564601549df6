package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.openset.calibration.OpenSetClassifier;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.trainer.TestImages;
import io.nirvanastreams.trainer.TestTasks;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Splits;
import io.nirvanastreams.trainer.evaluate.CalibrationFit;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.evaluate.ScoreChoice;
import io.nirvanastreams.trainer.publish.Provenances;
import io.nirvanastreams.trainer.publish.Publication;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTunerTest {
  @TempDir private static Path folder;

  private static final Splits REHEARSAL = Splits.of(TestImages.of(3, 80, 1), 0.2, 0.3, 1);
  private static FolderBlobStore blobs;
  private static ModelVersion parent;

  @BeforeAll
  static void trainTheFirstVersion() throws Exception {
    blobs = new FolderBlobStore(folder.resolve("blobs"));
    TrainedModel trained =
        Trainer.train(
            TrainingTask.of(
                    "tiny",
                    TestTasks.recipe(Map.of("epochs", "6")),
                    REHEARSAL.train(),
                    REHEARSAL.validation(),
                    1)
                .on("cpu", 1));
    ModelArtifact artifact =
        ModelArtifacts.write(folder.resolve("work"), trained.spec(), trained.weights());
    try (Embedder embedder = Embedder.load(artifact, EmbedderOptions.cpu())) {
      parent =
          new ModelVersion(
              ManifestRecords.of(artifact, blobs.put(artifact.folder(), artifact.contentHash()))
                  .setProvenance(
                      Provenances.of(trained, REHEARSAL.train().size(), Clock.systemUTC()))
                  .build(),
              trained.spec(),
              trained.spec().centres(),
              CalibrationFit.fit(
                  CalibrationSettings.conformal(0.05, ScoreChoice.given("nearest-neighbour"), 1),
                  "c1",
                  trained.spec().centres(),
                  Features.of(embedder, REHEARSAL.train()),
                  Features.of(embedder, REHEARSAL.calibration())));
    }
  }

  /** A group of the fourth kind in which a few of the second went astray. */
  private static LearningTask task(ModelVersion from) {
    ImageSet stream = TestImages.of(4, 80, 7);
    List<LabelledImage> group = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      group.add(new LabelledImage("new-" + i, "g1", stream.pixels(240 + i)));
    }
    for (int i = 0; i < 3; i++) {
      group.add(new LabelledImage("astray-" + i, "g1", stream.pixels(80 + i)));
    }
    return new LearningTask(from, 2, List.of("kind3"), Map.of("kind3", group));
  }

  private static FineTuner tuner() {
    return tuner(ForgettingLimit.DEFAULT);
  }

  private static FineTuner tuner(ForgettingLimit limit) {
    return new FineTuner(
        FineTuneSettings.of(1).on("cpu", 1).withRecipe(Map.of("epochs", "4")).withForgetting(limit),
        REHEARSAL,
        null,
        blobs,
        folder.resolve("work"),
        Clock.systemUTC(),
        List.of());
  }

  @Test
  void shouldLearnAClassOnTheNextVertexAndKeepTheOldOnes() throws Exception {
    LearnedModel learned = tuner().learn(task(parent));

    Publication publication = learned.publication();
    assertThat(publication.artifact().spec().classes())
        .containsExactly("kind0", "kind1", "kind2", "kind3");
    assertThat(publication.artifact().spec().version()).isEqualTo(2);
    assertThat(learned.oldAccuracyBefore()).isGreaterThan(0.9);
    assertThat(learned.forgetting()).isLessThan(0.1);
    assertThat(publication.measures()).containsKeys("accuracy", "false-unknown", "recall.kind3");
    assertThat(publication.provenance().getRecipe()).containsEntry("epochs", "4");
    assertThat(publication.provenance().getTrainingImages()).isPositive();
    assertThat(recallOfTheNewClass(publication)).isGreaterThan(0.7);
  }

  @Test
  void shouldGiveTheOldClassesALeadWhenTheyForgetTooMuch() throws Exception {
    // Wrong labels for a new class that looks like an old one: something is lost at any weight.
    ImageSet stream = TestImages.of(3, 60, 7);
    List<LabelledImage> copies = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      copies.add(new LabelledImage("copy-" + i, "", stream.pixels(60 + i)));
    }
    LearningTask task = new LearningTask(parent, 2, List.of("copied"), Map.of("copied", copies));

    LearnedModel once = tuner(new ForgettingLimit(1, 1)).learn(task);
    LearnedModel led = tuner(new ForgettingLimit(0, 4)).learn(task);

    assertThat(once.publication().measures())
        .containsEntry("learning-attempts", 1.0)
        .containsEntry("forgetting-limit", 1.0)
        .containsEntry("old-weight", 1.0)
        .containsEntry("old-lead", 0.0);
    assertThat(once.forgetting()).isPositive();
    double lead = led.publication().measures().get("old-lead");
    assertThat(lead).isPositive();
    assertThat(led.publication().provenance().getRecipe())
        .containsEntry("old-classes", "3")
        .containsEntry(
            "old-weight", Double.toString(led.publication().measures().get("old-weight")))
        .containsEntry("old-lead", Double.toString(lead));
    assertThat(led.forgetting()).isLessThan(once.forgetting());
    assertThat(led.remark()).contains("old classes weighted").contains("lead 0.");
    // The probe answers are those of the weights that are published, the lead in them.
    try (Embedder embedder = Embedder.load(led.publication().artifact(), EmbedderOptions.cpu())) {
      Probe probe = led.publication().probe();
      assertThat(probe.largestDifference(features(embedder, probe.inputs())))
          .isLessThan(probe.tolerance());
    }
    LearnedModel again = tuner(new ForgettingLimit(0, 4)).learn(task);
    assertThat(again.publication().artifact().weightsSha256())
        .isEqualTo(led.publication().artifact().weightsSha256());
    assertThat(again.publication().calibration()).isEqualTo(led.publication().calibration());
  }

  private static float[][] features(Embedder embedder, List<byte[]> images) {
    return embedder.embed(images).stream().map(Embedding::feature).toArray(float[][]::new);
  }

  private static double recallOfTheNewClass(Publication publication) throws Exception {
    ImageSet test = TestImages.of(4, 40, 99);
    try (Embedder embedder = Embedder.load(publication.artifact(), EmbedderOptions.cpu())) {
      Probe probe = publication.probe();
      assertThat(probe.largestDifference(features(embedder, probe.inputs())))
          .isLessThan(probe.tolerance());
      OpenSetClassifier classifier =
          new OpenSetClassifier(publication.artifact().spec().centres(), publication.calibration());
      long right =
          embedder.embed(test.pixels().subList(120, 160)).stream()
              .map(one -> classifier.judge(one.feature(), one.representation()).decision())
              .filter(
                  decision -> decision instanceof Decision.Known known && known.classIndex() == 3)
              .count();
      return right / 40.0;
    }
  }

  @Test
  void shouldRefuseWeightsThatAreNotThosePublished() {
    ModelVersion tampered =
        new ModelVersion(
            ModelManifest.newBuilder(parent.manifest()).setWeightsSha256("0".repeat(64)).build(),
            parent.spec(),
            parent.centres(),
            parent.calibration());

    assertThatThrownBy(() -> tuner().learn(task(tampered)))
        .isInstanceOf(LearningFailedException.class)
        .hasMessageContaining("not those published");
  }

  @Test
  void shouldSayWhenNoRecipeIsKnown() {
    ModelVersion unknown =
        new ModelVersion(
            ModelManifest.newBuilder(parent.manifest()).setProvenance(null).build(),
            parent.spec(),
            parent.centres(),
            parent.calibration());

    assertThatThrownBy(() -> tuner().learn(task(unknown)))
        .isInstanceOf(LearningFailedException.class)
        .hasMessageContaining("recipe");
  }
}
