package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelBatchTest {
  private static final InputShape SHAPE = new InputShape(3, 1, 2);

  @Test
  void shouldPutChannelsFirstAndScaleToOne() {
    byte[] image = {(byte) 255, 0, 51, 102, (byte) 153, (byte) 204};
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      NDArray first = PixelBatch.toFloats(PixelBatch.pixels(manager, List.of(image), SHAPE, 2));
      NDArray second = PixelBatch.toArray(manager, List.of(new byte[6], new byte[6]), SHAPE);

      assertThat(first.getShape()).isEqualTo(new Shape(2, 3, 1, 2));
      assertThat(first.toFloatArray())
          .containsExactly(1, 0.4f, 0, 0.6f, 0.2f, 0.8f, 0, 0, 0, 0, 0, 0);
      assertThat(second.toFloatArray()).containsOnly(0);
    }
  }

  @Test
  void shouldRefuseBatchesThatDoNotFit() {
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      assertThatThrownBy(() -> PixelBatch.toArray(manager, List.of(), SHAPE))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PixelBatch.toArray(manager, List.of(new byte[5]), SHAPE))
          .hasMessageContaining("5 bytes are no image");
    }
  }
}
