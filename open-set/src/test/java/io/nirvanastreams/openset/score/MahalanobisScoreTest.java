package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.linear.Cholesky;
import io.nirvanastreams.openset.linear.Covariance;
import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MahalanobisScoreTest {
  private static final int DIMENSION = 6;
  private static final int CLASSES = 3;
  private static final float[][] CENTRE = {new float[] {1, 0, 0, 0, 0, 0}};

  private final KnownImages training = images(80, CLASSES);

  /** The distances written out with the inverse of the covariance. */
  @Test
  void shouldEqualThePlainComputation() {
    Score score = score(Scores.fit("mahalanobis", CENTRE, training));
    double[][] means = new double[CLASSES][DIMENSION];
    for (int i = 0; i < training.size(); i++) {
      for (int j = 0; j < DIMENSION; j++) {
        means[training.labels()[i]][j] +=
            training.features()[i][j] * (double) CLASSES / training.size();
      }
    }
    Covariance covariance = new Covariance(DIMENSION);
    for (int i = 0; i < training.size(); i++) {
      double[] centred = new double[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        centred[j] = training.features()[i][j] - means[training.labels()[i]][j];
      }
      covariance.add(centred);
    }
    double[][] inverse = Cholesky.of(covariance.shrunk()).inverse();
    Blobs blobs = new Blobs(5);
    for (int trial = 0; trial < 30; trial++) {
      float[] image = blobs.anywhere(DIMENSION);
      double least = Double.POSITIVE_INFINITY;
      for (double[] mean : means) {
        double distance = 0;
        for (int i = 0; i < DIMENSION; i++) {
          for (int j = 0; j < DIMENSION; j++) {
            distance += (image[i] - mean[i]) * inverse[i][j] * (image[j] - mean[j]);
          }
        }
        least = Math.min(least, distance);
      }
      assertThat(score.of(evidence(image))).isCloseTo(-least, within(1e-3 * (1 + least)));
    }
  }

  @Test
  void shouldCountAStepForMoreWhereKnownImagesDoNotGo() {
    Score score = score(Scores.fit("mahalanobis", CENTRE, training));
    float[] along = mean(0);
    float[] across = mean(0);
    along[0] += 1;
    across[DIMENSION - 1] += 1;

    assertThat(score.of(evidence(along))).isGreaterThan(score.of(evidence(across)));
  }

  @Test
  void shouldLeaveOutAClassWithoutImages() {
    KnownImages more =
        new KnownImages(
            training.features(), training.representations(), training.labels(), CLASSES + 1);

    assertThat(Scores.fit("mahalanobis", CENTRE, more))
        .isEqualTo(Scores.fit("mahalanobis", CENTRE, training));
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    KnownImages none = new KnownImages(new float[0][], new float[0][], new int[0], 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scores.fit("mahalanobis", CENTRE, none))
        .withMessageContaining("training images");
    float[][] rows = {new float[1001], new float[1001]};
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Scores.fit("mahalanobis", CENTRE, new KnownImages(rows, rows, new int[2], 1)))
        .withMessageContaining("choose another score");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(FittedParameters.NONE))
        .withMessageContaining("fit it anew");
    FittedParameters fitted = Scores.fit("mahalanobis", CENTRE, training);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                score(fitted)
                    .of(new Evidence(new float[2], new float[2], new double[1], new double[1])))
        .withMessageContaining("fitted to 6");
    FittedParameters torn =
        fitted.with(new FittedParameters(Map.of(MahalanobisScore.MEANS, new float[5])));
    assertThatIllegalArgumentException().isThrownBy(() -> score(torn));
  }

  @Test
  void shouldSayWhatIsTooLongForIt() {
    float[][] rows = {new float[1001], new float[1001]};
    KnownImages wide = new KnownImages(rows, rows, new int[2], 1);

    assertThat(Scores.names().stream().filter(name -> !Scores.fits(name, wide)))
        .containsExactlyInAnyOrder(
            "mahalanobis",
            "whitened-neighbour",
            "standardised-mahalanobis",
            "standardised-whitened-neighbour",
            "standardised-sum");
    assertThat(Scores.names()).allMatch(name -> Scores.fits(name, training));
  }

  private static Score score(FittedParameters fitted) {
    return Scores.byName(
        "mahalanobis", new ScoreMaterial(CENTRE, ReferenceSet.EMPTY, Map.of(), fitted));
  }

  private static Evidence evidence(float[] feature) {
    return Evidence.of(feature, feature, CENTRE);
  }

  private static float[] mean(int label) {
    float[] mean = new float[DIMENSION];
    mean[label] = 3;
    return mean;
  }

  /** The first value varies ten times as much as the last. */
  private static KnownImages images(int perClass, int classes) {
    Blobs blobs = new Blobs(2);
    float[][] rows = new float[perClass * classes][];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i % classes;
      rows[i] = mean(labels[i]);
      float[] noise = blobs.anywhere(DIMENSION);
      for (int j = 0; j < DIMENSION; j++) {
        rows[i][j] += noise[j] * (1 - 0.18f * j);
      }
    }
    return new KnownImages(rows, rows, labels, classes);
  }
}
