package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.measure.Measures;
import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardisedScoreTest {
  private static final float[][] CENTRES = Simplex.of(3, 20).first(2);
  private static final double[] SPREADS = {0.2, 1.5};

  private final KnownImages training = images(300, 1);

  @ParameterizedTest
  @ValueSource(strings = {"raw", "mahalanobis", "whitened-neighbour", "free-vertex"})
  void shouldBeOfMeanNoughtAndDeviationOneInEveryClass(String base) {
    Score score = score("standardised-" + base, training);
    KnownImages fresh = images(400, 2);

    for (int c = 0; c < CENTRES.length; c++) {
      int label = c;
      double[] values =
          IntStream.range(0, fresh.size())
              .filter(i -> fresh.labels()[i] == label)
              .mapToDouble(i -> score.of(evidence(fresh.features()[i])))
              .toArray();
      double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum() / 400;
      double square =
          IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum();
      assertThat(mean).isCloseTo(0, within(0.3));
      assertThat(Math.sqrt(square / 400)).isCloseTo(1, within(0.25));
    }
  }

  /** What lies a little beside the tight class is hidden behind the wide class otherwise. */
  @ParameterizedTest
  @ValueSource(strings = {"raw", "whitened-neighbour"})
  void shouldTellAnUnknownClassBesideATightOne(String base) {
    KnownImages fresh = images(200, 3);
    Blobs blobs = new Blobs(4);
    float[][] unknown = new float[200][];
    for (int i = 0; i < unknown.length; i++) {
      unknown[i] = blobs.near(beside(1.5f), 0.2);
    }
    double plain = auroc(score(base, training), fresh, unknown);

    assertThat(auroc(score("standardised-" + base, training), fresh, unknown))
        .isGreaterThan(0.97)
        .isGreaterThan(plain + 0.1);
    assertThat(auroc(score("standardised-sum", training), fresh, unknown)).isGreaterThan(0.97);
  }

  @Test
  void shouldAddWhatBothSay() {
    Evidence evidence = evidence(beside(2));

    assertThat(score("standardised-sum", training).of(evidence))
        .isEqualTo(
            score("standardised-free-vertex", training).of(evidence)
                + score("standardised-whitened-neighbour", training).of(evidence));
  }

  @Test
  void shouldBorrowFromTheOtherClassesWhereAClassHasFewImages() {
    ClassMoments moments = new ClassMoments(3);
    for (int i = 0; i < 100; i++) {
      moments.add(0, i % 2 == 0 ? -3 : -1);
    }
    moments.add(1, -2.5);

    assertThat(moments.means()[0]).isCloseTo(-2, within(0.01f));
    assertThat(moments.means()[1]).isBetween(-2.1f, -2f);
    assertThat(moments.means()[2]).isCloseTo(-2, within(0.01f));
    assertThat(moments.deviations()[1]).isCloseTo(moments.deviations()[0], within(0.06f));
    assertThat(new ClassMoments(1).deviations()).containsExactly(1);
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    KnownImages none = new KnownImages(new float[0][], new float[0][], new int[0], 2);
    for (String name : new String[] {"standardised-raw", "standardised-sum"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Scores.fit(name, CENTRES, none))
          .withMessageContaining("training images");
    }
    FittedParameters fitted = Scores.fit("standardised-raw", CENTRES, training);
    float[][] one = {CENTRES[0]};
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Scores.byName(
                    "standardised-raw",
                    new ScoreMaterial(one, ReferenceSet.EMPTY, Map.of(), fitted)))
        .withMessageContaining("fitted to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scores.byName("standardised-mahalanobis", ScoreMaterial.of(CENTRES)))
        .withMessageContaining("fit it anew");
  }

  /** Beside the first centre, in the direction of a vertex that no class holds. */
  private static float[] beside(float step) {
    float[] beside = CENTRES[0].clone();
    beside[2] += step;
    return beside;
  }

  private static double auroc(Score score, KnownImages known, float[][] unknown) {
    double[] knowns =
        IntStream.range(0, known.size())
            .mapToDouble(i -> score.of(evidence(known.features()[i])))
            .toArray();
    double[] unknowns =
        IntStream.range(0, unknown.length)
            .mapToDouble(i -> score.of(evidence(unknown[i])))
            .toArray();
    return Measures.auroc(knowns, unknowns);
  }

  private static Score score(String name, KnownImages training) {
    return Scores.byName(
        name,
        new ScoreMaterial(
            CENTRES, ReferenceSet.EMPTY, Map.of(), Scores.fit(name, CENTRES, training)));
  }

  private static Evidence evidence(float[] feature) {
    return Evidence.of(feature, feature, CENTRES);
  }

  /** The second class is spread much wider than the first. */
  private static KnownImages images(int perClass, long seed) {
    Blobs blobs = new Blobs(seed);
    float[][] rows = new float[perClass * CENTRES.length][];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i % CENTRES.length;
      rows[i] = blobs.near(CENTRES[labels[i]], SPREADS[labels[i]]);
    }
    return new KnownImages(rows, rows, labels, CENTRES.length);
  }
}
