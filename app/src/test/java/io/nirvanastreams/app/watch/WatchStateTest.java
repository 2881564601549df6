package io.nirvanastreams.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WatchStateTest {
  private final WatchState state = new WatchState();

  @Test
  void shouldBeReadyWhileItSeesWhatItDecidesBy() {
    assertThat(state.health().started()).isFalse();
    assertThat(state.health().ready()).isFalse();

    state.looked(List.of("live 1: 40 of 500 images"));
    assertThat(state.health().started()).isTrue();
    assertThat(state.health().ready()).isTrue();
    assertThat(state.health().details()).containsEntry("verdict 1", "live 1: 40 of 500 images");

    state.failed(List.of("not looked, tried again: timeout"));
    assertThat(state.health().started()).isTrue();
    assertThat(state.health().live()).as("it tries again by itself").isTrue();
    assertThat(state.health().ready()).isFalse();
    assertThat(state.health().details()).containsOnlyKeys("verdict 1");
  }

  @Test
  void shouldCountItsLooks() {
    state.looked(List.of());
    state.looked(List.of());
    state.failed(List.of());

    assertThat(state.metrics().lines())
        .contains("# TYPE nirvana_watch_looks_total counter")
        .contains("nirvana_watch_looks_total{outcome=\"done\"} 2")
        .contains("nirvana_watch_looks_total{outcome=\"failed\"} 1");
  }
}
