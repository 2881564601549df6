package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.linear.Cholesky;
import io.nirvanastreams.openset.linear.Covariance;
import io.nirvanastreams.openset.measure.Measures;
import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.vector.Cosine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelativeMahalanobisScoreTest {
  private static final int DIMENSION = 10;
  private static final int CLASSES = 3;
  private static final float[][] CENTRE = {{1}};

  private final KnownImages training = images(60, 1);

  /** Both Gaussians written out with their D x D covariances. */
  @Test
  void shouldEqualThePlainComputation() {
    Score score = score(Scores.fit("relative-mahalanobis", CENTRE, training));
    Plain plain = new Plain(training);
    Blobs blobs = new Blobs(9);
    for (int i = 0; i < 50; i++) {
      float[] image = blobs.anywhere(DIMENSION);
      double expected = plain.score(image);
      assertThat(score.of(evidence(image)))
          .isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
    }
  }

  @Test
  void shouldTellAnUnknownDirectionFromTheKnownOnes() {
    Score score = score(Scores.fit("relative-mahalanobis", CENTRE, training));
    Blobs blobs = new Blobs(3);
    double[] known = new double[90];
    double[] unknown = new double[90];
    for (int i = 0; i < known.length; i++) {
      known[i] = score.of(evidence(blobs.near(mean(i % CLASSES), 0.2)));
      unknown[i] = score.of(evidence(blobs.near(mean(7), 0.2)));
    }
    assertThat(Measures.auroc(known, unknown)).isGreaterThan(0.95);
  }

  @Test
  void shouldManageAClassWithoutImagesAndAModelOfOneClass() {
    KnownImages more =
        new KnownImages(
            training.features(), training.representations(), training.labels(), CLASSES + 1);
    float[] image = mean(1);
    assertThat(score(Scores.fit("relative-mahalanobis", CENTRE, more)).of(evidence(image)))
        .isCloseTo(
            score(Scores.fit("relative-mahalanobis", CENTRE, training)).of(evidence(image)),
            within(1e-3));
    float[][] rows = {{1, 0}, {0.9f, 0.1f}};
    KnownImages one = new KnownImages(rows, rows, new int[2], 1);
    assertThat(score(Scores.fit("relative-mahalanobis", CENTRE, one)).of(evidence(1, 3)))
        .isCloseTo(0, within(1e-5));
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    KnownImages none = new KnownImages(new float[0][], new float[0][], new int[0], 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scores.fit("relative-mahalanobis", CENTRE, none))
        .withMessageContaining("training images");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(FittedParameters.NONE))
        .withMessageContaining("fit it anew");
    FittedParameters fitted = Scores.fit("relative-mahalanobis", CENTRE, training);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(fitted).of(evidence(1, 2)))
        .withMessageContaining("fitted to 10");
    FittedParameters torn =
        fitted.with(new FittedParameters(Map.of(RelativeMahalanobis.OFFSETS, new float[2])));
    assertThatIllegalArgumentException().isThrownBy(() -> score(torn));
  }

  private static float[] mean(int index) {
    float[] mean = Blobs.axis(DIMENSION, index);
    mean[DIMENSION - 1] = 1;
    return mean;
  }

  private static KnownImages images(int perClass, long seed) {
    Blobs blobs = new Blobs(seed);
    float[][] rows = new float[CLASSES * perClass][];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      // Uneven shares: the first class has half of the images.
      labels[i] = i % 4 % CLASSES;
      rows[i] = blobs.near(mean(labels[i]), 0.2);
    }
    return new KnownImages(rows, rows, labels, CLASSES);
  }

  private static Score score(FittedParameters fitted) {
    return Scores.byName(
        "relative-mahalanobis", new ScoreMaterial(CENTRE, ReferenceSet.EMPTY, Map.of(), fitted));
  }

  private static Evidence evidence(float... representation) {
    return Evidence.of(new float[] {1}, representation, CENTRE);
  }

  private static final class Plain {
    private final double[][] means = new double[CLASSES + 1][DIMENSION];
    private final Cholesky within;
    private final Cholesky all;

    Plain(KnownImages images) {
      int[] counts = new int[CLASSES];
      for (int i = 0; i < images.size(); i++) {
        float[] unit = Cosine.normalised(images.representations()[i]);
        counts[images.labels()[i]]++;
        for (int j = 0; j < DIMENSION; j++) {
          means[images.labels()[i]][j] += unit[j];
          means[CLASSES][j] += unit[j] / images.size();
        }
      }
      for (int c = 0; c < CLASSES; c++) {
        for (int j = 0; j < DIMENSION; j++) {
          means[c][j] /= counts[c];
        }
      }
      Covariance covariance = new Covariance(DIMENSION);
      for (int i = 0; i < images.size(); i++) {
        covariance.add(centred(Cosine.normalised(images.representations()[i]), images.labels()[i]));
      }
      double[][] total = covariance.shrunk();
      within = Cholesky.of(covariance.shrunk());
      for (int c = 0; c < CLASSES; c++) {
        for (int i = 0; i < DIMENSION; i++) {
          for (int j = 0; j <= i; j++) {
            total[i][j] +=
                (means[c][i] - means[CLASSES][i])
                    * (means[c][j] - means[CLASSES][j])
                    * counts[c]
                    / images.size();
          }
        }
      }
      all = Cholesky.of(total);
    }

    double score(float[] image) {
      float[] unit = Cosine.normalised(image);
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < CLASSES; c++) {
        best = Math.max(best, square(all, unit, CLASSES) - square(within, unit, c));
      }
      return best;
    }

    private double square(Cholesky covariance, float[] unit, int mean) {
      double sum = 0;
      for (double value : covariance.solveLower(centred(unit, mean))) {
        sum += value * value;
      }
      return sum;
    }

    private double[] centred(float[] unit, int mean) {
      double[] centred = new double[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        centred[j] = unit[j] - means[mean][j];
      }
      return centred;
    }
  }
}
