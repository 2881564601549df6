package io.nirvanastreams.app.model;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Splits;
import java.util.ArrayList;
import java.util.List;

/**
 * A data set cut for training: the known classes into parts, and what the evaluation takes. The
 * same source, classes, shares and seed give the same cut. Immutable.
 *
 * @param parts what is learned from, chosen by and calibrated with
 * @param testKnown images of the known classes that took no part
 * @param testUnknown images of the classes held out
 */
public record TrainingData(Splits parts, ImageSet testKnown, ImageSet testUnknown) {
  /** Share of the training images that is tested with when the source sets none aside. */
  private static final double TEST_SHARE = 0.2;

  /**
   * Cuts a data set.
   *
   * @param known classes in vertex order; empty for all that are not held out
   * @param heldOut classes that are never trained on
   * @throws UsageException for a class that the source has not, or one both known and held out
   */
  public static TrainingData of(
      DataSource source,
      List<String> known,
      List<String> heldOut,
      double validation,
      double calibration,
      long seed) {
    List<String> all = source.train().classes();
    refuseStrange("--classes", known, all);
    refuseStrange("--hold-out", heldOut, all);
    List<String> classes = new ArrayList<>(known.isEmpty() ? all : known);
    if (known.isEmpty()) {
      classes.removeAll(heldOut);
    } else if (known.stream().anyMatch(heldOut::contains)) {
      throw new UsageException("a class is in both --classes and --hold-out; choose one");
    }
    if (classes.size() < 2) {
      throw new UsageException("only " + classes + " is left to learn; leave two classes or more");
    }
    ImageSet train = source.train().ofClasses(classes);
    ImageSet test = source.test().ofClasses(classes);
    ImageSet unknown =
        (source.test().size() == 0 ? source.train() : source.test()).ofClasses(heldOut);
    if (test.size() == 0) {
      Splits aside = Splits.of(train, TEST_SHARE, 0, seed);
      train = aside.train();
      test = aside.validation();
    }
    return new TrainingData(Splits.of(train, validation, calibration, seed), test, unknown);
  }

  private static void refuseStrange(String option, List<String> names, List<String> all) {
    for (String name : names) {
      if (!all.contains(name)) {
        throw new UsageException(option + " has '" + name + "'; the data has " + all);
      }
    }
  }
}
