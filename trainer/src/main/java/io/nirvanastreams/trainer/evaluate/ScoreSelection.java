package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.score.ReferenceSet;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses the score of a model on its own known classes: no score wins on every data set, and the
 * classes that will turn up unknown cannot be asked. Stateless.
 */
public final class ScoreSelection {
  /** Parts that the classes are dealt into unless said otherwise. */
  public static final int DEFAULT_FOLDS = 3;

  private static final int FEWEST_CLASSES = 3;
  private static final int EPOCHS = 2;
  private static final int IMAGES_PER_CLASS = 600;

  /**
   * AUROC by which another score must be better than the default. Known classes left out of six
   * differ so much from what will turn up that smaller differences said nothing about unknown
   * clothes.
   */
  private static final double CLEARLY = 0.05;

  private ScoreSelection() {}

  /**
   * Deals the known classes into parts, leaves each part out in turn, trains a short model on the
   * others, and compares how well the scores tell the left-out classes from the others on
   * validation images, by mean AUROC. {@link Scores#DEFAULT} is taken unless another score is
   * clearly better; so it is with fewer than three classes, where there is nothing to leave out.
   *
   * <p>On clothes short models chose like full ones, in a tenth of the time: 600 images a class and
   * two epochs.
   *
   * @param task the training that the score is for; its validation images decide, its listeners are
   *     not called
   * @param folds parts, at least 2 and at most as many as classes
   * @throws IllegalArgumentException for another number of parts, or a loss with learned centres
   */
  public static ScoreChoice choose(TrainingTask task, int folds) {
    task.recipe().requireFixedCentres();
    int classes = task.classes().size();
    if (classes < FEWEST_CLASSES || task.validation().size() == 0) {
      return ScoreChoice.given(Scores.DEFAULT);
    }
    if (folds < 2 || folds > classes) {
      throw new IllegalArgumentException(
          classes + " classes cannot be dealt into " + folds + " parts; take 2 to " + classes);
    }
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int fold = 0; fold < folds; fold++) {
      leaveOut(task, fold, folds)
          .forEach((name, images) -> sums.merge(name, images.measures().auroc(), Double::sum));
    }
    sums.replaceAll((name, sum) -> sum / folds);
    return new ScoreChoice(leaning(sums), Map.of(), sums);
  }

  /** The best of the scores by AUROC if it is clearly better than the default, else the default. */
  static String leaning(Map<String, Double> auroc) {
    String best =
        auroc.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return auroc.get(best) > auroc.getOrDefault(Scores.DEFAULT, 0.0) + CLEARLY
        ? best
        : Scores.DEFAULT;
  }

  private static Map<String, ScoredImages> leaveOut(TrainingTask task, int fold, int folds) {
    List<String> kept = part(task.classes(), fold, folds, false);
    List<String> left = part(task.classes(), fold, folds, true);
    ImageSet train = task.train().ofClasses(kept).atMostPerClass(IMAGES_PER_CLASS, task.seed());
    ImageSet validation = task.validation().ofClasses(kept);
    Recipe recipe = task.recipe().lasting(EPOCHS);
    TrainingTask part =
        TrainingTask.of(task.name(), recipe, train, validation, task.seed())
            .on(task.device(), task.threads());
    if (task.background() != null) {
      part = part.withBackground(task.background());
    }
    TrainedModel model = Trainer.train(part);
    List<Features> features =
        Features.of(model, List.of(train, validation, task.validation().ofClasses(left)));
    ReferenceSet references =
        new ReferenceSet(
            CalibrationFit.references(
                features.get(0), CalibrationSettings.DEFAULT_REFERENCES, task.seed()));
    float[][] centres =
        Simplex.of(model.spec().dimension(), model.spec().expand()).first(kept.size());
    return ScoreSet.fit(centres, references, features.get(0))
        .score(features.get(1), features.get(2));
  }

  private static List<String> part(List<String> classes, int fold, int folds, boolean left) {
    return IntStream.range(0, classes.size())
        .filter(c -> (c % folds == fold) == left)
        .mapToObj(classes::get)
        .toList();
  }
}
