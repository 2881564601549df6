package io.nirvanastreams.processor.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.ImageLimits;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.processor.reference.ImageRoots;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Region;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes lead to pixels or to a refusal. In the build the corpus is run through once; with
 * JAZZER_FUZZ=1 in the environment Jazzer changes it by what it covers, for as long as is said.
 */
class DecodePathFuzzTest {
  private static final InputShape SHAPE = new InputShape(3, 8, 8);

  private static final EventPixels PIXELS =
      new EventPixels(
          ImageRoots.none(), new ImageDecoder(new ImageLimits(1 << 20, 1 << 18, 100, 100)));

  static Stream<Arguments> corpus() {
    return OddImages.corpus().stream().map(image -> Arguments.of((Object) image));
  }

  @MethodSource("corpus")
  @FuzzTest(maxDuration = "10m")
  void shouldGivePixelsOrAReason(byte[] bytes) {
    if (bytes == null) {
      return;
    }
    ImageEvent event = OddImages.event(bytes);
    if (bytes.length % 3 == 0) {
      event.setRegion(Region.newBuilder().setX(1).setY(2).setWidth(5).setHeight(0).build());
    }
    try {
      assertThat(PIXELS.pixels(event, SHAPE)).hasSize(SHAPE.size());
    } catch (UndecodableImageException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
