package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuaranteeTest {
  @Test
  void shouldBeNamedAsPromised() {
    assertThat(Guarantee.all())
        .extracting(Guarantee::name)
        .containsExactly(
            "EveryImageAnsweredOnce",
            "OrderPerSource",
            "OneModelPerAnswer",
            "BadModelRefused",
            "WholeVersionOrNone",
            "CentresNeverMove",
            "SameInputSameBytes",
            "CalibratedAlarms");
  }

  @Test
  void shouldNeverHoldByWantOfEvidence() {
    assertThat(Guarantee.all())
        .extracting(one -> one.check(new Given().evidence()).state())
        .containsOnly(Finding.State.NOT_TRIED);
  }
}
