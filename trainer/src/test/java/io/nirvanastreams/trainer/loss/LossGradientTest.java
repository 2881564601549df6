package io.nirvanastreams.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values against the formulas in doubles, gradients against their central differences. */
class LossGradientTest {
  private static final int CLASSES = 4;
  private static final Simplex SIMPLEX = Simplex.of(6, 2);
  private static final int[] LABELS = {0, 3, 2, 1, 2};

  private NDManager manager;
  private NDArray features;
  private NDArray background;
  private double[][] exactFeatures;
  private double[][] exactBackground;
  private double[][] centres;

  @BeforeEach
  void open() {
    manager = Engines.newManager(Device.cpu());
    float[][] rows = random(LABELS.length, 1);
    float[][] others = random(3, 2);
    features = learned(rows);
    background = learned(others);
    exactFeatures = ReferenceLosses.doubles(rows);
    exactBackground = ReferenceLosses.doubles(others);
    centres = ReferenceLosses.doubles(SIMPLEX.first(CLASSES));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static float[][] random(int rows, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[rows][SIMPLEX.dimension()];
    for (float[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (1.5 * random.nextGaussian());
      }
    }
    return values;
  }

  private NDArray learned(float[][] rows) {
    NDArray array = Distances.table(manager, rows);
    array.setRequiresGradient(true);
    return array;
  }

  private static double differentiate(Supplier<NDArray> loss) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray value = loss.get();
      collector.backward(value);
      return value.getFloat();
    }
  }

  private static void assertGradient(NDArray array, double[] expected) {
    float[] found = array.getGradient().toFloatArray();
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-4));
    }
  }

  private void assertEqualsFormula(Loss loss, ToDoubleFunction<double[][]> formula) {
    double value = differentiate(() -> loss.of(features, LABELS, null, null));

    assertThat(value).isCloseTo(formula.applyAsDouble(exactFeatures), within(1e-4));
    assertGradient(features, ReferenceLosses.slope(exactFeatures, formula));
  }

  @Test
  void shouldEqualTheFormulaOfHinge() {
    assertEqualsFormula(
        new HingeLoss(SIMPLEX, CLASSES, 1), f -> ReferenceLosses.hinge(f, LABELS, centres));
  }

  @Test
  void shouldEqualTheFormulaOfMics() {
    assertEqualsFormula(
        new MicsLoss(SIMPLEX, CLASSES, 1), f -> ReferenceLosses.mics(f, LABELS, centres));
  }

  @Test
  void shouldEqualTheFormulaOfSoftmax() {
    assertEqualsFormula(
        new SoftmaxLoss(SIMPLEX, CLASSES, 0, 1),
        f -> ReferenceLosses.softmax(f, LABELS, centres, 0));
  }

  @Test
  void shouldEqualTheFormulaOfSmoothedSoftmax() {
    assertEqualsFormula(
        new SoftmaxLoss(SIMPLEX, CLASSES, 0.2, 1),
        f -> ReferenceLosses.softmax(f, LABELS, centres, 0.2));
  }

  @Test
  void shouldStayFiniteWhereExponentialsOverflow() {
    Simplex wide = Simplex.of(6, 200);
    NDArray far = learned(wide.first(CLASSES));
    int[] labels = {1, 0, 3, 2};

    double softmax =
        differentiate(() -> new SoftmaxLoss(wide, CLASSES, 0, 1).of(far, labels, null, null));
    assertThat(softmax).isFinite().isGreaterThan(1000);
    assertThat(far.getGradient().toFloatArray()).doesNotContain(Float.NaN);
    double mics = differentiate(() -> new MicsLoss(wide, CLASSES, 1).of(far, labels, null, null));
    assertThat(mics).isFinite();
    assertThat(far.getGradient().toFloatArray()).doesNotContain(Float.NaN);
  }

  @Test
  void shouldHaveAGradientOnTheVertexItself() {
    NDArray exact = learned(SIMPLEX.first(CLASSES));

    differentiate(
        () -> new MicsLoss(SIMPLEX, CLASSES, 1).of(exact, new int[] {0, 1, 2, 3}, null, null));

    assertThat(exact.getGradient().toFloatArray()).doesNotContain(Float.NaN);
  }

  @Test
  void shouldPullBackgroundToTheOriginInLossesWithoutATermForIt() {
    for (Loss loss :
        new Loss[] {
          new HingeLoss(SIMPLEX, CLASSES, 0.5),
          new SoftmaxLoss(SIMPLEX, CLASSES, 0, 0.5),
          new MicsLoss(SIMPLEX, CLASSES, 0.5)
        }) {
      float known = loss.of(features, LABELS, null, null).getFloat();
      float both = loss.of(features, LABELS, background, null).getFloat();
      assertThat(both - known)
          .isCloseTo(0.5f * background.square().mean().getFloat(), within(1e-4f));
    }
  }

  @Test
  void shouldPushBackgroundFromFreeVerticesToo() {
    OpenSetLoss plain = OpenSetLoss.relative(SIMPLEX, CLASSES, 0.66, 1, false);
    double margin = 0.66 * SIMPLEX.squaredEdge();
    double[][] free = Arrays.copyOfRange(ReferenceLosses.doubles(SIMPLEX.first(6)), CLASSES, 6);
    ToDoubleFunction<double[][]> formula =
        b -> ReferenceLosses.free(exactFeatures, LABELS, centres, b, free, margin, 1e9);

    double before = differentiate(() -> plain.of(features, LABELS, background, null));
    float[] slopeBefore = background.getGradient().toFloatArray();
    JniUtils.zeroGrad((PtNDArray) background);
    double after =
        differentiate(() -> plain.pushingFromFree(2).of(features, LABELS, background, null));

    assertThat(after - before).isCloseTo(formula.applyAsDouble(exactBackground), within(1e-4));
    double[] expected = ReferenceLosses.slope(exactBackground, formula);
    for (int i = 0; i < expected.length; i++) {
      expected[i] += slopeBefore[i];
    }
    assertGradient(background, expected);
  }

  @Test
  void shouldCapThePushFromFreeVerticesByTheRamp() {
    OpenSetLoss ramp = OpenSetLoss.relative(SIMPLEX, CLASSES, 0.66, 1, true);
    double margin = 0.66 * SIMPLEX.squaredEdge();
    // On a free vertex itself the summand would be largest.
    float[][] onVertex = {SIMPLEX.vertex(4)};
    NDArray near = learned(onVertex);
    double[][] free = ReferenceLosses.doubles(onVertex);

    float difference =
        ramp.pushingFromFree(1).of(features, LABELS, near, null).getFloat()
            - ramp.of(features, LABELS, near, null).getFloat();

    assertThat((double) difference)
        .isCloseTo(
            ReferenceLosses.free(exactFeatures, LABELS, centres, free, free, margin, 1.25 * margin),
            within(1e-4))
        .isCloseTo(1.25 * margin / (2 * CLASSES), within(1e-4));
  }

  @Test
  void shouldTakeTheFreeVerticesThatThereAre() {
    OpenSetLoss loss = OpenSetLoss.relative(SIMPLEX, CLASSES, 0.66, 1, false);

    assertThat(loss.pushingFromFree(99).of(features, LABELS, background, null).getFloat())
        .isEqualTo(loss.pushingFromFree(3).of(features, LABELS, background, null).getFloat());
    assertThatThrownBy(() -> loss.pushingFromFree(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new SoftmaxLoss(SIMPLEX, CLASSES, 1, 1)).hasMessageContaining("1.0");
  }

  @Test
  void shouldSpreadLearnedCentresOnTheSphere() {
    float[][] start = HypersphereLoss.drawCentres(CLASSES, 6, SIMPLEX.expand(), 3);
    HypersphereLoss loss = HypersphereLoss.of(manager, start, SIMPLEX, 0.66, 1, false);
    NDArray learnedCentres = loss.parameters().get(HypersphereLoss.CENTRES);
    double[][] at = ReferenceLosses.doubles(start);
    OpenSetTerms.Margin margin = new OpenSetTerms.Margin(0.66 * SIMPLEX.squaredEdge(), false);
    NDArray fixed = Distances.table(manager, start);

    double value = differentiate(() -> loss.of(features, LABELS, background, null));
    double[] found = doubles(learnedCentres.getGradient().toFloatArray());
    NDArray again = learned(start);
    differentiate(() -> margin.terms(features, LABELS, background, again, null).total(1));

    double terms = margin.terms(features, LABELS, background, fixed, null).total(1).getFloat();
    assertThat(value - terms)
        .isCloseTo(ReferenceLosses.uniformity(at, SIMPLEX.expand()), within(1e-4));
    double[] spread =
        ReferenceLosses.slope(at, c -> ReferenceLosses.uniformity(c, SIMPLEX.expand()));
    float[] pull = again.getGradient().toFloatArray();
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(pull[i] + spread[i], within(1e-4));
    }
  }

  @Test
  void shouldProjectLearnedCentresBackToTheSphere() {
    float[][] start = HypersphereLoss.drawCentres(CLASSES, 6, SIMPLEX.expand(), 3);
    HypersphereLoss loss = HypersphereLoss.of(manager, start, SIMPLEX, 0.66, 1, false);
    NDArray learnedCentres = loss.parameters().get(HypersphereLoss.CENTRES);
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      learnedCentres.muli(3).addi(0.5f);
      loss.afterStep();
    } finally {
      JniUtils.setGradMode(recording);
    }

    assertThat(HypersphereLoss.drawCentres(CLASSES, 6, SIMPLEX.expand(), 3)).isDeepEqualTo(start);
    float[] after = learnedCentres.toFloatArray();
    for (int c = 0; c < CLASSES; c++) {
      double squares = 0;
      for (int i = 0; i < 6; i++) {
        squares += (double) after[6 * c + i] * after[6 * c + i];
      }
      assertThat(squares).isCloseTo(4, within(1e-5));
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
