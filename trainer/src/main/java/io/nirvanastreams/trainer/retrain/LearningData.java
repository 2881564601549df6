package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The images that a version is learned from: rehearsal of the classes it started with, and the
 * labelled images of those that were added. Immutable.
 *
 * @param parts all classes of the version, in vertex order; train is what is shown in an epoch
 * @param distinct the training images without repetition
 * @param oldClasses how many of the classes are the parent's
 */
record LearningData(Splits parts, ImageSet distinct, int oldClasses) {

  /**
   * Puts the images together.
   *
   * @param rehearsal images of the classes that the first version was trained on
   * @param labelled labelled images by class
   * @param outliers ids of those that seem not to belong to their class: nothing is learned from
   *     them, but they calibrate, since dropping what looks odd would promise too much for the rest
   * @throws LearningFailedException when a class has no image to learn or to rehearse
   */
  static LearningData of(
      LearningTask task,
      Splits rehearsal,
      Map<String, List<LabelledImage>> labelled,
      Set<String> outliers,
      FineTuneSettings settings)
      throws LearningFailedException {
    List<String> classes = task.classes();
    InputShape shape = rehearsal.train().shape();
    List<String> rehearsed =
        rehearsal.train().classes().stream()
            .filter(task.parent().spec().classes()::contains)
            .toList();
    ImageSet train =
        rehearsal
            .train()
            .ofClasses(rehearsed)
            .atMostPerClass(settings.rehearsalPerClass(), settings.seed())
            .withClasses(classes);
    ImageSet validation = rehearsal.validation().ofClasses(rehearsed).withClasses(classes);
    ImageSet calibration = rehearsal.calibration().ofClasses(rehearsed).withClasses(classes);
    ImageSet distinct = train;
    int fullClass = rehearsed.isEmpty() ? 0 : train.size() / rehearsed.size();
    for (Map.Entry<String, List<LabelledImage>> entry : labelled.entrySet()) {
      String name = entry.getKey();
      if (rehearsed.contains(name)) {
        // Corrections are the images that the model found hardest: to calibrate with them would
        // make the class's threshold stricter than the promise asks.
        ImageSet corrections = set(shape, classes, name, without(outliers, entry.getValue()));
        train = train.concat(corrections);
        distinct = distinct.concat(corrections);
        continue;
      }
      StableSplit split =
          StableSplit.of(
              entry.getValue(),
              settings.validationShare(),
              settings.calibrationShare(),
              settings.seed());
      train =
          train.concat(
              set(shape, classes, name, repeated(without(outliers, split.train()), fullClass)));
      distinct = distinct.concat(set(shape, classes, name, without(outliers, split.train())));
      validation =
          validation.concat(set(shape, classes, name, without(outliers, split.validation())));
      calibration = calibration.concat(set(shape, classes, name, split.calibration()));
    }
    int[] counts = train.counts();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        throw new LearningFailedException(
            "no training image of class '" + classes.get(i) + "': it would be forgotten");
      }
    }
    return new LearningData(
        new Splits(train, validation, calibration),
        distinct,
        task.parent().spec().classes().size());
  }

  /** Validation images of the parent's classes, labelled in vertex order. */
  ImageSet oldValidation() {
    return validation(label -> label < oldClasses);
  }

  /** Validation images of the new classes, labelled in vertex order. */
  ImageSet newValidation() {
    return validation(label -> label >= oldClasses);
  }

  private ImageSet validation(IntPredicate labels) {
    ImageSet validation = parts.validation();
    return validation.subset(
        IntStream.range(0, validation.size())
            .filter(i -> labels.test(validation.label(i)))
            .toArray());
  }

  private static List<LabelledImage> without(Set<String> outliers, List<LabelledImage> images) {
    return images.stream().filter(image -> !outliers.contains(image.eventId())).toList();
  }

  /** A small class is shown again and again, so that the old ones do not drown it. */
  private static List<LabelledImage> repeated(List<LabelledImage> images, int count) {
    if (images.isEmpty() || images.size() >= count) {
      return images;
    }
    List<LabelledImage> repeated = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      repeated.add(images.get(i % images.size()));
    }
    return repeated;
  }

  private static ImageSet set(
      InputShape shape, List<String> classes, String name, List<LabelledImage> images) {
    int[] labels = new int[images.size()];
    Arrays.fill(labels, classes.indexOf(name));
    byte[][] pixels = images.stream().map(LabelledImage::pixels).toArray(byte[][]::new);
    return new ImageSet(shape, classes, pixels, labels);
  }
}
