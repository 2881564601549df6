package io.nirvanastreams.trainer.publish;

import ai.djl.engine.Engine;
import io.nirvanastreams.schemas.Provenance;
import io.nirvanastreams.trainer.train.TrainedModel;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Writes down what a model was made from. Stateless. */
public final class Provenances {
  private Provenances() {}

  /**
   * The provenance of a model that was trained just now.
   *
   * @param trainingImages how many images it was trained on
   */
  public static Provenance of(TrainedModel model, int trainingImages, Clock clock) {
    return Provenance.newBuilder()
        .setDataSha256(model.dataHash())
        .setTrainingImages(trainingImages)
        .setSeed(model.seed())
        .setRecipe(model.recipe().toMap())
        .setSoftware(software())
        .setTrainedAt(clock.instant())
        .setDurationMillis(Math.round(model.seconds() * 1000))
        .build();
  }

  private static Map<String, String> software() {
    return Map.of(
        "nirvana-streams",
        Optional.ofNullable(Provenances.class.getPackage().getImplementationVersion())
            .orElse("development"),
        "djl",
        Engine.getDjlVersion(),
        "java",
        Runtime.version().toString());
  }
}
