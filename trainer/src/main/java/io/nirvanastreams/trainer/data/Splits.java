package io.nirvanastreams.trainer.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A set cut into three parts that share no image: to learn from, to select by, and to calibrate
 * decisions with. Stratified: each class gives its share to each part, so that a small class is not
 * missing from one by chance. Immutable.
 *
 * @param train what the weights are fitted to
 * @param validation what epochs and scores are chosen by
 * @param calibration what the conformal promise rests on; must not be used for any choice
 */
public record Splits(ImageSet train, ImageSet validation, ImageSet calibration) {

  /**
   * Cuts a set.
   *
   * @param validation share of each class, 0 to 1
   * @param calibration share of each class, 0 to 1; together below 1
   * @param seed the same seed gives the same cut
   * @throws IllegalArgumentException for shares outside these bounds
   */
  public static Splits of(ImageSet set, double validation, double calibration, long seed) {
    if (!(validation >= 0 && calibration >= 0 && validation + calibration < 1)) {
      throw new IllegalArgumentException(
          "The shares " + validation + " and " + calibration + " must be >= 0 and sum below 1");
    }
    IntStream.Builder train = IntStream.builder();
    IntStream.Builder select = IntStream.builder();
    IntStream.Builder calibrate = IntStream.builder();
    for (int c = 0; c < set.classes().size(); c++) {
      int[] indices = set.indicesOf(c);
      Shuffle.shuffle(indices, new Random(Shuffle.seed(seed, c)));
      int selected = (int) Math.round(indices.length * validation);
      int calibrated = (int) Math.round(indices.length * calibration);
      for (int i = 0; i < indices.length; i++) {
        IntStream.Builder part =
            i < selected ? select : i < selected + calibrated ? calibrate : train;
        part.add(indices[i]);
      }
    }
    return new Splits(cut(set, train), cut(set, select), cut(set, calibrate));
  }

  private static ImageSet cut(ImageSet set, IntStream.Builder indices) {
    int[] sorted = indices.build().toArray();
    Arrays.sort(sorted);
    return set.subset(sorted);
  }
}
