package io.nirvanastreams.openset.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FittedParametersTest {
  private final FittedParameters one = new FittedParameters(Map.of("a", new float[] {1, 2}));

  @Test
  void shouldBeEqualWhenTheValuesAre() {
    FittedParameters same = new FittedParameters(Map.of("a", new float[] {1, 2}));
    assertThat(same).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(new FittedParameters(Map.of("a", new float[] {1, 3}))).isNotEqualTo(one);
    assertThat(FittedParameters.NONE).isNotEqualTo(one);
  }

  @Test
  void shouldJoinAndSayWhatIsMissing() {
    FittedParameters both = one.with(new FittedParameters(Map.of("b", new float[] {7})));
    assertThat(both.get("a")).containsExactly(1, 2);
    assertThat(both.get("b")).containsExactly(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.get("b"))
        .withMessageContaining("'b'");
  }
}
