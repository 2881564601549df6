package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.nirvanastreams.openset.Golden;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scores and predictions of the authors' released code. */
class ScoresGoldenTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldPredictAsTheAuthors(int example) {
    JsonNode golden = Golden.read("losses.json").get(example);
    Evidence[] all = evidence(golden);
    int[] nearest = Arrays.stream(all).mapToInt(Evidence::nearest).toArray();
    assertThat(nearest).containsExactly(Golden.as(golden.get("prediction_euclidean"), int[].class));
    int[] byCosine = Arrays.stream(all).mapToInt(e -> argmax(e.cosines())).toArray();
    assertThat(byCosine).containsExactly(Golden.as(golden.get("prediction_cosine"), int[].class));
    int[] combined =
        Arrays.stream(all)
            .mapToInt(
                e ->
                    argmax(
                        IntStream.range(0, e.cosines().length)
                            .mapToDouble(
                                c -> -Math.sqrt(e.squaredDistances()[c]) / (2 + e.cosines()[c]))
                            .toArray()))
            .toArray();
    assertThat(combined).containsExactly(Golden.as(golden.get("prediction_combined"), int[].class));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldScoreAsTheAuthors(int example) {
    JsonNode golden = Golden.read("losses.json").get(example);
    Evidence[] all = evidence(golden);
    double[][] raw = Golden.as(golden.get("score_raw"), double[][].class);
    double[][] relative = Golden.as(golden.get("score_relative"), double[][].class);
    for (int i = 0; i < all.length; i++) {
      double expectedRaw = Arrays.stream(raw[i]).max().orElseThrow();
      double actualRaw = 1 / (1 - score("raw").of(all[i]));
      assertThat(actualRaw).isCloseTo(expectedRaw, within(1e-4 * expectedRaw));
      double expectedRelative = Arrays.stream(relative[i]).max().orElseThrow();
      assertThat(score("relative").of(all[i])).isCloseTo(expectedRelative, within(1e-4));
    }
  }

  @Test
  void shouldTakeTheBestClassInEveryScore() {
    Evidence e =
        new Evidence(new float[0], new float[0], new double[] {16, 9}, new double[] {1, 0});
    assertThat(score("raw").of(e)).isEqualTo(-9);
    assertThat(score("relative").of(e)).isEqualTo(1 / (1 + 9 / Math.sqrt(16 * 16 + 81)));
    assertThat(score("cosine").of(e)).isEqualTo(1);
    assertThat(score("combined").of(e)).isEqualTo(-4.0 / 3);
  }

  private static Score score(String name) {
    return Scores.byName(name, ScoreMaterial.of(new float[0][]));
  }

  private static Evidence[] evidence(JsonNode golden) {
    float[][] centres =
        Simplex.of(golden.get("dimension").asInt(), golden.get("expand").asDouble())
            .first(golden.get("classes").asInt());
    return Arrays.stream(Golden.as(golden.get("features"), float[][].class))
        .map(feature -> Evidence.of(feature, feature, centres))
        .toArray(Evidence[]::new);
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
