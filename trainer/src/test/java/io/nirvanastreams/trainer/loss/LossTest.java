package io.nirvanastreams.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.openset.simplex.Simplex;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
  private NDManager manager;

  static List<JsonNode> golden() throws IOException {
    try (InputStream in = LossTest.class.getResourceAsStream("/golden/losses.json")) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(cases::add);
      return cases;
    }
  }

  @BeforeEach
  void open() {
    manager = Engines.newManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray matrix(JsonNode rows) {
    NDArray matrix = manager.create(flat(rows), new Shape(rows.size(), rows.get(0).size()));
    matrix.setRequiresGradient(true);
    return matrix;
  }

  private static float[] flat(JsonNode rows) {
    float[] values = new float[rows.size() * rows.get(0).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows.get(i / rows.get(0).size()).get(i % rows.get(0).size()).asDouble();
    }
    return values;
  }

  private static int[] labels(JsonNode golden) {
    int[] labels = new int[golden.get("labels").size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = golden.get("labels").get(i).asInt();
    }
    return labels;
  }

  private static NDArray differentiate(Supplier<NDArray> loss) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray value = loss.get();
      collector.backward(value);
      return value;
    }
  }

  private static Offset<Double> near(double expected) {
    return within(1e-4 * Math.max(1, Math.abs(expected)));
  }

  private static void assertNear(NDArray actual, JsonNode expected) {
    float[] values = flat(expected);
    float[] found = actual.toFloatArray();
    assertThat(found).hasSameSizeAs(values);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) found[i]).isCloseTo(values[i], near(values[i]));
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldEqualTheReferencesDefaultLoss(JsonNode golden) {
    Simplex simplex = Simplex.of(golden.get("dimension").asInt(), golden.get("expand").asDouble());
    NDArray features = matrix(golden.get("features"));

    NDArray loss =
        differentiate(() -> new VertexLoss(simplex, 1).of(features, labels(golden), null, null));

    double expected = golden.get("mse").asDouble();
    assertThat((double) loss.getFloat()).isCloseTo(expected, near(expected));
    assertNear(features.getGradient(), golden.get("mse_gradient"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldEqualTheReferencesOpenSetLoss(JsonNode golden) {
    JsonNode expected = golden.get("openset");
    NDArray features = matrix(expected.get("features"));
    NDArray background = matrix(expected.get("background"));
    OpenSetLoss loss =
        OpenSetLoss.authors(
            golden.get("dimension").asInt(), golden.get("classes").asInt(), 1, false);

    assertTerms(loss.terms(features, labels(golden), background), expected);
    differentiate(() -> loss.of(features, labels(golden), background, null));

    assertNear(features.getGradient(), expected.get("gradient_features"));
    assertNear(background.getGradient(), expected.get("gradient_background"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldEqualTheReferencesRamp(JsonNode golden) {
    JsonNode expected = golden.get("openset_ramp");
    OpenSetLoss loss =
        OpenSetLoss.authors(
            golden.get("dimension").asInt(), golden.get("classes").asInt(), 1, true);

    assertTerms(
        loss.terms(
            matrix(expected.get("features")), labels(golden), matrix(expected.get("background"))),
        expected);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldEqualTheReferencesOtherLosses(JsonNode golden) {
    Simplex simplex = Simplex.of(golden.get("dimension").asInt(), golden.get("expand").asDouble());
    int classes = golden.get("classes").asInt();
    NDArray features = matrix(golden.get("features"));
    int[] labels = labels(golden);
    HingeLoss hinge = new HingeLoss(simplex, classes, 1);

    assertThat(hinge.margin()).isCloseTo(golden.get("hinge_margin").asDouble(), within(1e-6));
    assertTerm(hinge.of(features, labels, null, null), golden.get("hinge"));
    assertTerm(
        new MicsLoss(simplex, classes, 1).of(features, labels, null, null), golden.get("mics"));
    assertTerm(
        new SoftmaxLoss(simplex, classes, 0, 1).of(features, labels, null, null),
        golden.get("softmax"));
  }

  private static void assertTerms(OpenSetTerms terms, JsonNode expected) {
    assertTerm(terms.intraclass(), expected.get("intraclass"));
    assertTerm(terms.triplet(), expected.get("triplet"));
    assertTerm(terms.outlier(), expected.get("outlier"));
  }

  private static void assertTerm(NDArray term, JsonNode expected) {
    double value = expected.asDouble();
    assertThat((double) term.getFloat()).isCloseTo(value, within(1e-6 + 1e-4 * Math.abs(value)));
  }

  @Test
  void shouldReproduceTheAuthorsMarginForSixClasses() {
    // m = 48 at E = 6 and large D: 48 / 72 = 2/3.
    Simplex simplex = Simplex.of(128, OpenSetLoss.authorsExpand(6));
    double rho = 48 / simplex.squaredEdge();
    assertThat(rho).isCloseTo(0.66, within(0.01));
    NDArray features = manager.randomNormal(new Shape(4, 128)).mul(3f);
    int[] labels = {0, 5, 3, 3};

    float relative =
        OpenSetLoss.relative(simplex, 6, rho, 1, false)
            .of(features, labels, features, null)
            .getFloat();

    float authors =
        OpenSetLoss.authors(128, 6, 1, false).of(features, labels, features, null).getFloat();
    assertThat(relative).isCloseTo(authors, within(1e-3f));
  }

  @Test
  void shouldPullBackgroundToItsVertexOrElseToTheOrigin() {
    Simplex simplex = Simplex.of(4, 2);
    VertexLoss loss = new VertexLoss(simplex, 0.5);
    NDArray onVertex = manager.create(simplex.vertex(1), new Shape(1, 4));
    NDArray background = manager.create(simplex.vertex(4), new Shape(1, 4));

    assertThat(loss.of(onVertex, new int[] {1}, background, new int[] {4}).getFloat()).isZero();
    // |v|^2 / D * weight = 4 / 4 * 0.5
    assertThat(loss.of(onVertex, new int[] {1}, background, null).getFloat())
        .isCloseTo(0.5f, within(1e-6f));
  }
}
