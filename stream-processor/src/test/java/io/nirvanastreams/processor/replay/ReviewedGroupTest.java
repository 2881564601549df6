package io.nirvanastreams.processor.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewedGroupTest {
  private static final ReviewSettings SETTINGS = new ReviewSettings(0.8, 5, 10, 1);

  @Test
  void shouldBeRecognisedFromTheShareOn() {
    ReviewedGroup group = answered(answered(group(), "cat", 3), "dog", 1);

    assertThat(group.with(unknown()).recognised(SETTINGS)).isTrue();
    assertThat(group.with(unknown()).with(unknown()).recognised(SETTINGS)).isFalse();
  }

  @Test
  void shouldNotBeRecognisedByAFewImages() {
    assertThat(answered(group(), "cat", 4).recognised(SETTINGS)).isFalse();
    assertThat(answered(group(), "cat", 5).recognised(SETTINGS)).isTrue();
    assertThat(group().recognised(SETTINGS)).isFalse();
  }

  @Test
  void shouldNameTheMostFrequentClassAndSayAllOfThem() {
    ReviewedGroup group = answered(answered(answered(group(), "dog", 2), "cat", 2), "eel", 3);

    assertThat(group.label()).isEqualTo("eel");
    assertThat(group.with(unknown()).reason(4))
        .isEqualTo("version 4 knows 7 of 8 images (3 eel, 2 cat, 2 dog)");
    assertThat(group().label()).isEmpty();
    assertThat(group().reason(4)).isEqualTo("version 4 knows 0 of 0 images");
  }

  @Test
  void shouldRefuseSettingsThatCloseGroupsTooEasily() {
    assertThatThrownBy(() -> new ReviewSettings(0.5, 5, 10, 1))
        .hasMessageContaining("must be above 0.5");
    assertThatThrownBy(() -> new ReviewSettings(0.8, 5, 4, 1))
        .hasMessageContaining("at least the minimum");
  }

  private static ReviewedGroup group() {
    return new ReviewedGroup("g", 20, 0, Map.of());
  }

  private static ReviewedGroup answered(ReviewedGroup group, String label, int times) {
    ReviewedGroup more = group;
    for (int i = 0; i < times; i++) {
      more = more.with(Recognition.newBuilder().setOutcome(Outcome.KNOWN).setLabel(label).build());
    }
    return more;
  }

  private static Recognition unknown() {
    return Recognition.newBuilder().setOutcome(Outcome.UNKNOWN).build();
  }
}
