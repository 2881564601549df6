package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.vector.Cosine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNeighbourScoreTest {

  @ParameterizedTest
  @CsvSource({"1,1,1,3", "1,3,7,4", "5,6,300,64", "10,20,120,128", "50,2,10,8"})
  void shouldEqualThePlainComputation(int k, int classes, int perClass, int dimension) {
    Random random = new Random(7);
    List<float[][]> references = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      references.add(random(random, perClass, dimension));
    }
    Score score = score(references, k);
    for (float[] query : random(random, 20, dimension)) {
      double expected =
          references.stream()
              .flatMap(Arrays::stream)
              .mapToDouble(reference -> -Cosine.similarity(query, reference))
              .sorted()
              .limit(k)
              .average()
              .orElseThrow();
      assertThat(score.of(evidence(query))).isCloseTo(-expected, within(1e-5));
    }
  }

  @Test
  void shouldBeOneAtAStoredImageAndLowerAway() {
    Score score = score(List.of(new float[][] {{1, 0}}, new float[][] {{0, 1}}), 1);
    assertThat(score.of(evidence(0, 8))).isCloseTo(1, within(1e-6));
    assertThat(score.of(evidence(5, 5))).isCloseTo(Math.sqrt(0.5), within(1e-6));
    assertThat(score.of(evidence(-5, -5))).isCloseTo(-Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void shouldAllowAClassWithoutReferences() {
    Score score = score(List.of(new float[0][], new float[][] {{0, 1}}), 5);
    assertThat(score.of(evidence(0, 2))).isCloseTo(1, within(1e-6));
  }

  @Test
  void shouldRefuseWhatItCannotCompare() {
    List<float[][]> references = List.<float[][]>of(new float[][] {{1, 0}, {0, 1}});
    assertThatIllegalArgumentException().isThrownBy(() -> score(List.of(), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> score(references, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> score(references, 1.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(List.<float[][]>of(new float[][] {{1, 0}, {1}}), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(references, 1).of(evidence(1, 2, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(references, 1).of(evidence(Float.NaN, 2)));
  }

  @Test
  void shouldBeFoundByEveryNameThatIsOffered() {
    ReferenceSet references = new ReferenceSet(List.<float[][]>of(new float[][] {{1, 0}}));
    float[][] rows = {{1, 0}, {0, 1}};
    KnownImages training = new KnownImages(rows, rows, new int[] {0, 1}, 2);
    for (String name : Scores.names()) {
      ScoreMaterial material =
          new ScoreMaterial(rows, references, Map.of(), Scores.fit(name, rows, training));
      assertThat(Scores.byName(name, material).name()).isEqualTo(name);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scores.byName("none", ScoreMaterial.of(rows)))
        .withMessageContaining("nearest-neighbour");
  }

  private static Score score(List<float[][]> references, double k) {
    return Scores.byName(
        "nearest-neighbour",
        new ScoreMaterial(
            new float[0][], new ReferenceSet(references), Map.of("k", k), FittedParameters.NONE));
  }

  private static Evidence evidence(float... representation) {
    return Evidence.of(new float[] {1}, representation, new float[][] {{1}});
  }

  private static float[][] random(Random random, int count, int dimension) {
    float[][] rows = new float[count][dimension];
    for (float[] row : rows) {
      for (int i = 0; i < dimension; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
