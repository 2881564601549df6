package io.nirvanastreams.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.image.Crop;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.schemas.Region;
import org.junit.jupiter.api.Test;

class RegionsTest {
  @Test
  void shouldMeanTheWholeImageWithoutARegion() {
    assertThat(Regions.toCrop(null)).isNull();
  }

  @Test
  void shouldTakeTheRegionAsItIs() {
    assertThat(Regions.toCrop(new Region(1, 2, 3, 4))).isEqualTo(new Crop(1, 2, 3, 4));
  }

  @Test
  void shouldReachToTheEdgeForASideOfZero() throws Exception {
    byte[] png = ImageEncoder.png(new byte[] {1, 2, 3, 4, 5, 6}, new InputShape(1, 2, 3));

    byte[] cut =
        new ImageDecoder()
            .decode(png, new InputShape(1, 1, 2), Regions.toCrop(new Region(1, 1, 0, 0)));

    assertThat(cut).containsExactly(5, 6);
  }

  @Test
  void shouldRefuseANegativeCorner() {
    assertThatThrownBy(() -> Regions.toCrop(new Region(-1, 0, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
