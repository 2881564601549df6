package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveTableTest {
  @Test
  void shouldTakeQuantilesByNearestRank() {
    double[] hundred = new double[100];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = i + 1;
    }

    assertThat(LiveTable.quantile(new double[] {1, 2}, 0.5)).isEqualTo(1);
    assertThat(LiveTable.quantile(hundred, 0.99)).isEqualTo(99);
    assertThat(LiveTable.quantile(hundred, 1)).isEqualTo(100);
    assertThat(LiveTable.quantile(hundred, 0)).isEqualTo(1);
    assertThat(LiveTable.quantile(new double[0], 0.5)).isNaN();
  }
}
