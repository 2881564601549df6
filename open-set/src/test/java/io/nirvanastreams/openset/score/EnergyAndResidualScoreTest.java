package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnergyAndResidualScoreTest {
  private static final float[][] CENTRES = {{3, 0, 0}, {0, 4, 0}};

  @Test
  void shouldSumTheEnergiesOfAllClasses() {
    Evidence e = new Evidence(new float[0], new float[0], new double[] {1, 3}, new double[2]);
    assertThat(score("energy", Map.of()).of(e))
        .isCloseTo(Math.log(Math.exp(-1) + Math.exp(-3)), within(1e-12));
    assertThat(score("energy", Map.of("temperature", 4.0)).of(e))
        .isCloseTo(Math.log(Math.exp(-0.25) + Math.exp(-0.75)), within(1e-12));
  }

  @Test
  void shouldKeepTheOrderFarFromAllCentres() {
    Score energy = score("energy", Map.of());
    double far = energy.of(evidence(1000, 1000, 1000));
    double farther = energy.of(evidence(1001, 1001, 1001));
    assertThat(far).isFinite().isGreaterThan(farther);
  }

  @Test
  void shouldMeasureTheShareOutsideTheSpan() {
    Score residual = score("residual", Map.of());
    assertThat(residual.of(evidence(1, -7, 0))).isCloseTo(0, within(1e-12));
    assertThat(residual.of(evidence(0, 0, 5))).isCloseTo(-1, within(1e-12));
    assertThat(residual.of(evidence(0, 8, 6))).isCloseTo(-0.6, within(1e-12));
    assertThat(residual.of(evidence(0, 0, 0))).isEqualTo(-1);
  }

  @Test
  void shouldScoreAllAlikeWhereNothingLiesOutside() {
    float[][] all = Simplex.of(3, 6).first(4);
    Score residual = Scores.byName("residual", ScoreMaterial.of(all));
    assertThat(residual.of(Evidence.of(new float[] {1, 2, 3}, new float[1], all))).isZero();
  }

  @Test
  void shouldAddTheResidualToTheNeighbours() {
    ReferenceSet references = new ReferenceSet(List.<float[][]>of(new float[][] {{1, 0}}));
    ScoreMaterial material =
        new ScoreMaterial(
            CENTRES, references, Map.of("residual-weight", 2.0), FittedParameters.NONE);
    Evidence e = Evidence.of(new float[] {0, 8, 6}, new float[] {4, 3}, CENTRES);
    assertThat(Scores.byName("neighbour-residual", material).of(e))
        .isCloseTo(0.8 - 2 * 0.6, within(1e-6));
  }

  @Test
  void shouldRefuseParametersOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score("energy", Map.of("temperature", 0.0)))
        .withMessageContaining("temperature");
    ReferenceSet references = new ReferenceSet(List.<float[][]>of(new float[][] {{1, 0}}));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Scores.byName(
                    "neighbour-residual",
                    new ScoreMaterial(
                        CENTRES,
                        references,
                        Map.of("residual-weight", -1.0),
                        FittedParameters.NONE)));
  }

  private static Score score(String name, Map<String, Double> parameters) {
    return Scores.byName(
        name, new ScoreMaterial(CENTRES, ReferenceSet.EMPTY, parameters, FittedParameters.NONE));
  }

  private static Evidence evidence(float... feature) {
    return Evidence.of(feature, new float[1], CENTRES);
  }
}
