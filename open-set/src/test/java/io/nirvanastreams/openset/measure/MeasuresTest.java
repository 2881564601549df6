package io.nirvanastreams.openset.measure;

import static java.util.Arrays.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.nirvanastreams.openset.Golden;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {

  private static final Offset<Double> EXACT = within(1e-9);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldEqualTheMeasuresOfTheAuthors(int example) {
    JsonNode golden = Golden.read("metrics.json").get(example);
    // The file keeps six decimals and so ties a pair that was none; the authors had the known
    // below.
    Scored s = Scored.of(golden, DoubleUnaryOperator.identity()).withKnownLowered(1e-9);
    assertThat(Measures.accuracy(s.labels, s.predictions))
        .isCloseTo(golden.get("accuracy").asDouble(), EXACT);
    assertThat(Measures.auroc(s.known, s.unknown))
        .isCloseTo(golden.get("AUROC_exact").asDouble(), EXACT)
        .isCloseTo(golden.get("AUROC").asDouble() / 100, EXACT);
    assertThat(Measures.oscr(s.known, s.correct, s.unknown))
        .isCloseTo(golden.get("OSCR_exact").asDouble(), EXACT);
    assertThat(Measures.tnrAtTpr95(s.known, s.unknown))
        .isCloseTo(golden.get("TNR_at_TPR95").asDouble() / 100, EXACT);
    assertThat(Measures.detectionAccuracy(s.known, s.unknown))
        .isCloseTo(golden.get("DTACC").asDouble() / 100, EXACT);
    assertThat(Measures.auin(s.known, s.unknown))
        .isCloseTo(golden.get("AUIN").asDouble() / 100, EXACT);
    assertThat(Measures.auout(s.known, s.unknown))
        .isCloseTo(golden.get("AUOUT").asDouble() / 100, EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldCountTiesHalf(int example) {
    JsonNode golden = Golden.read("metrics.json").get(example);
    Scored s = Scored.of(golden, MeasuresTest::rounded);
    JsonNode expected = golden.get("rounded_to_0.1");
    assertThat(Measures.auroc(s.known, s.unknown))
        .isCloseTo(expected.get("AUROC_exact").asDouble(), EXACT);
    assertThat(Measures.oscr(s.known, s.correct, s.unknown))
        .isCloseTo(expected.get("OSCR_exact").asDouble(), EXACT);
  }

  /** What the usual implementation gives, and that it is what parts it from the exact value. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldStandBesideTheUsualOscr(int example) {
    JsonNode golden = Golden.read("metrics.json").get(example);
    Scored s = Scored.of(golden, DoubleUnaryOperator.identity());
    double usual = UsualOscr.of(s.known, s.correct, s.unknown);
    assertThat(usual).isCloseTo(golden.get("OSCR_reference").asDouble(), EXACT);
    // It sees one image of either kind too few at each threshold.
    double step = 1.0 / s.known.length + 1.0 / s.unknown.length;
    assertThat(Measures.oscr(s.known, s.correct, s.unknown)).isCloseTo(usual, within(step));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldReadTheSameFromTheCurves(int example) {
    JsonNode golden = Golden.read("metrics.json").get(example);
    Scored s = Scored.of(golden, MeasuresTest::rounded);
    JsonNode expected = golden.get("rounded_to_0.1");
    assertThat(RateCurve.roc(s.known, s.unknown).area())
        .isCloseTo(expected.get("AUROC_exact").asDouble(), EXACT);
    RateCurve oscr = RateCurve.oscr(s.known, s.correct, s.unknown);
    assertThat(oscr.area()).isCloseTo(expected.get("OSCR_exact").asDouble(), EXACT);
    assertThat(oscr.rateAt(1)).isCloseTo(Measures.accuracy(s.labels, s.predictions), EXACT);
    for (double rate : new double[] {0, 1e-3, 1e-2, 0.1, 0.5}) {
      assertThat(Measures.ccrAtFpr(s.known, s.correct, s.unknown, rate))
          .isCloseTo(s.ccrByDefinition(rate), EXACT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldEqualThePairwiseDefinition(int seed) {
    Random random = new Random(seed);
    // Few levels give many ties, many levels almost none.
    int levels = 1 << (2 * seed);
    double[] known = random.ints(97, 0, levels).asDoubleStream().toArray();
    double[] unknown = random.ints(61, -levels / 2, levels).asDoubleStream().toArray();
    boolean[] correct = new boolean[known.length];
    double all = 0;
    double right = 0;
    for (int i = 0; i < known.length; i++) {
      correct[i] = random.nextInt(4) > 0;
      for (double u : unknown) {
        double win = known[i] > u ? 1 : known[i] == u ? 0.5 : 0;
        all += win;
        right += correct[i] ? win : 0;
      }
    }
    double pairs = known.length * (double) unknown.length;
    assertThat(Measures.auroc(known, unknown)).isCloseTo(all / pairs, EXACT);
    assertThat(Measures.oscr(known, correct, unknown)).isCloseTo(right / pairs, EXACT);
  }

  @Test
  void shouldSeparatePerfectlyOrNotAtAll() {
    double[] high = {3, 4, 5};
    double[] low = {0, 1, 2};
    assertThat(Measures.auroc(high, low)).isEqualTo(1);
    assertThat(Measures.auroc(low, high)).isEqualTo(0);
    double[] forty = IntStream.range(20, 60).asDoubleStream().toArray();
    assertThat(Measures.tnrAtTpr95(forty, low)).isEqualTo(1);
    assertThat(Measures.detectionAccuracy(high, low)).isEqualTo(1);
    assertThat(Measures.oscr(high, new boolean[3], low)).isEqualTo(0);
  }

  @Test
  void shouldGiveHalfWhenAllScoresAreEqual() {
    double[] same = {0.0, -0.0, 0.0};
    assertThat(Measures.auroc(same, same)).isEqualTo(0.5);
    assertThat(Measures.oscr(same, new boolean[] {true, true, true}, same)).isEqualTo(0.5);
    assertThat(Measures.detectionAccuracy(same, same)).isEqualTo(0.5);
  }

  @Test
  void shouldRefuseWhatHasNoMeasure() {
    double[] some = {1};
    double[] none = {};
    assertThatIllegalArgumentException().isThrownBy(() -> Measures.auroc(some, none));
    assertThatIllegalArgumentException().isThrownBy(() -> Measures.auroc(none, some));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Measures.auin(new double[] {Double.NaN}, some));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Measures.oscr(some, new boolean[2], some));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Measures.accuracy(new int[1], new int[2]));
  }

  private static double rounded(double score) {
    return Math.rint(score * 10) / 10;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Scored(
      int[] labels, int[] predictions, double[] known, boolean[] correct, double[] unknown) {

    static Scored of(JsonNode golden, DoubleUnaryOperator digits) {
      int[] labels = Golden.as(golden.get("labels"), int[].class);
      double[][] outputs = outputs(golden.get("known_scores"), digits);
      int[] predictions = Arrays.stream(outputs).mapToInt(Scored::argmax).toArray();
      boolean[] correct = new boolean[labels.length];
      for (int i = 0; i < labels.length; i++) {
        correct[i] = labels[i] == predictions[i];
      }
      double[][] unknown = outputs(golden.get("unknown_scores"), digits);
      return new Scored(labels, predictions, maxima(outputs), correct, maxima(unknown));
    }

    /** Over every score as a threshold. */
    double ccrByDefinition(double falsePositiveRate) {
      double best = 0;
      for (double threshold : DoubleStream.concat(stream(known), stream(unknown)).toArray()) {
        double alarms = (double) stream(unknown).filter(u -> u >= threshold).count();
        if (alarms / unknown.length <= falsePositiveRate) {
          double right =
              IntStream.range(0, known.length)
                  .filter(i -> correct[i] && known[i] >= threshold)
                  .count();
          best = Math.max(best, right / known.length);
        }
      }
      return best;
    }

    Scored withKnownLowered(double by) {
      double[] lowered = Arrays.stream(known).map(score -> score - by).toArray();
      return new Scored(labels, predictions, lowered, correct, unknown);
    }

    private static double[][] outputs(JsonNode node, DoubleUnaryOperator digits) {
      return Arrays.stream(Golden.as(node, double[][].class))
          .map(row -> Arrays.stream(row).map(digits).toArray())
          .toArray(double[][]::new);
    }

    private static double[] maxima(double[][] rows) {
      return Arrays.stream(rows).mapToDouble(row -> row[argmax(row)]).toArray();
    }

    private static int argmax(double[] row) {
      int best = 0;
      for (int i = 1; i < row.length; i++) {
        best = row[i] > row[best] ? i : best;
      }
      return best;
    }
  }
}
