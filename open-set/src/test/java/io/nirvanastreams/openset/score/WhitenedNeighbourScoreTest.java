package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhitenedNeighbourScoreTest {
  private static final float[][] CENTRE = {{1, 0}};

  /** Images of one class vary by 10 along the first axis and by 1 along the second. */
  private static KnownImages stretched(int count) {
    Blobs blobs = new Blobs(3);
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] noise = blobs.anywhere(2);
      rows[i] = new float[] {10 * noise[0], noise[1]};
    }
    return new KnownImages(rows, rows, new int[count], 1);
  }

  @Test
  void shouldMeasureInUnitsOfHowImagesOfAClassDiffer() {
    Score score = score(Scores.fit("whitened-neighbour", CENTRE, stretched(400)));

    double far = score.of(evidence(60, 0));
    double across = score.of(evidence(0, 6));

    assertThat(score.of(evidence(3, 0))).isGreaterThan(-1);
    assertThat(far).isLessThan(-1);
    assertThat(across).isCloseTo(far, within(Math.abs(far) / 2));
  }

  @Test
  void shouldKnowAClassOfTwoClouds() {
    float[][] rows = new float[80][];
    Blobs blobs = new Blobs(4);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = blobs.near(new float[] {i % 2 == 0 ? 5 : -5, 1}, 0.1);
    }
    KnownImages training = new KnownImages(rows, rows, new int[80], 1);
    Score neighbours = score(Scores.fit("whitened-neighbour", CENTRE, training));

    assertThat(neighbours.of(evidence(5, 1))).isGreaterThan(neighbours.of(evidence(0, 1)));
  }

  @Test
  void shouldKeepAHundredImagesOfAClass() {
    FittedParameters fitted = Scores.fit("whitened-neighbour", CENTRE, stretched(400));

    assertThat(fitted.get(WhitenedNeighbourScore.IMAGES)).hasSize(200);
    assertThat(fitted.get(WhitenedNeighbourScore.WHITENING)).hasSize(3);
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    KnownImages none = new KnownImages(new float[0][], new float[0][], new int[0], 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scores.fit("whitened-neighbour", CENTRE, none))
        .withMessageContaining("training images");
    FittedParameters torn =
        Scores.fit("whitened-neighbour", CENTRE, stretched(20))
            .with(new FittedParameters(Map.of(WhitenedNeighbourScore.IMAGES, new float[3])));
    assertThatIllegalArgumentException().isThrownBy(() -> score(torn));
  }

  private static Score score(FittedParameters fitted) {
    return Scores.byName(
        "whitened-neighbour", new ScoreMaterial(CENTRE, ReferenceSet.EMPTY, Map.of(), fitted));
  }

  private static Evidence evidence(float x, float y) {
    float[] row = {x, y};
    return Evidence.of(row, row, CENTRE);
  }
}
