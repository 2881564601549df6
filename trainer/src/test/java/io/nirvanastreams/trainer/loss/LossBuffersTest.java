package io.nirvanastreams.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.openset.simplex.Simplex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A garbage collection between the forward and the backward pass must change nothing. */
class LossBuffersTest {
  private static final Simplex SIMPLEX = Simplex.of(6, 2);
  private static final int[] LABELS = {0, 3, 2, 1, 2};

  static List<Function<NDManager, Loss>> losses() {
    return List.of(
        manager -> new VertexLoss(SIMPLEX, 0.5),
        manager -> new HingeLoss(SIMPLEX, 4, 0.5),
        manager -> new SoftmaxLoss(SIMPLEX, 4, 0.1, 0.5),
        manager -> new MicsLoss(SIMPLEX, 4, 0.5),
        manager -> OpenSetLoss.relative(SIMPLEX, 4, 0.66, 0.5, true).pushingFromFree(2),
        manager ->
            HypersphereLoss.of(
                manager, HypersphereLoss.drawCentres(4, 6, 2, 1), SIMPLEX, 0.66, 0.5, true));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void shouldKeepWhatTheBackwardPassNeeds(Function<NDManager, Loss> maker) {
    float[] expected = gradients(maker, false);

    assertThat(gradients(maker, true)).containsExactly(expected);
  }

  private static float[] gradients(Function<NDManager, Loss> maker, boolean collect) {
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      Loss loss = maker.apply(manager);
      NDArray all = Distances.table(manager, HypersphereLoss.drawCentres(8, 6, 3, 2));
      all.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray value = loss.of(all.get("0:5"), LABELS, all.get("5:"), null);
        if (collect) {
          overwriteFreedBuffers();
        }
        collector.backward(value);
      }
      return all.getGradient().toFloatArray();
    }
  }

  /** Frees what Java holds no more, and takes its memory at once for something else. */
  private static void overwriteFreedBuffers() {
    List<ByteBuffer> kept = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      System.gc();
      for (int i = 0; i < 3000; i++) {
        ByteBuffer scalar = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
        kept.add(scalar.putFloat(0, Float.NaN));
      }
    }
    assertThat(kept).hasSize(9000);
  }
}
