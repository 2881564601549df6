package io.nirvanastreams.processor.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.openset.grouping.Cluster;
import io.nirvanastreams.openset.grouping.GroupingSettings;
import io.nirvanastreams.schemas.AlertKind;
import io.nirvanastreams.schemas.GroupState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private final Alerts alerts =
      new Alerts(
          new GroupingOptions(
              new GroupingSettings(0.3, 0.2, 3, 10, 2),
              1_000,
              Duration.ofSeconds(10),
              new GroupingOptions.Flood(Duration.ofSeconds(60), 0.8, 10)));

  @Test
  void shouldCountTheCooldownFromTheLastAlertThatWasSent() {
    TrackedGroup born = group(3).alerted(1_000);

    assertThat(alerts.about("s", born.with(group(6).cluster()), false, 10_999)).isNull();
    // Due at 6 members already and held back; the next one is not put off by that.
    var growing = alerts.about("s", born.with(group(7).cluster()), false, 11_000);
    assertThat(growing.getKind()).isEqualTo(AlertKind.GROWING);
    assertThat(growing.getSize()).isEqualTo(7);
    TrackedGroup told = born.with(group(7).cluster()).alerted(11_000);
    assertThat(alerts.about("s", told.with(group(14).cluster()), false, 20_999)).isNull();
    assertThat(alerts.about("s", told.with(group(13).cluster()), false, 30_000)).isNull();
    assertThat(alerts.about("s", told.with(group(14).cluster()), false, 21_000)).isNotNull();
  }

  @Test
  void shouldSayNothingOfNamedAndIgnoredGroups() {
    TrackedGroup group = group(100);

    assertThat(alerts.about("s", group, true, 0)).isNotNull();
    assertThat(alerts.about("s", group.with(GroupState.NAMED, "cone"), true, 0)).isNull();
    assertThat(alerts.about("s", group.with(GroupState.IGNORED, null), true, 0)).isNull();
  }

  @Test
  void shouldTellAFloodFromABusyStream() {
    assertThat(alerts.flood("s", counted(9, 0), 0)).isNull();
    assertThat(alerts.flood("s", counted(10, 10), 0)).isNull();
    assertThat(alerts.flood("s", counted(10, 2), 0).getKind()).isEqualTo(AlertKind.FLOOD);
    ScopeState told = counted(10, 2).floodAlerted(5_000);
    assertThat(alerts.flood("s", told, 14_999)).isNull();
    assertThat(alerts.flood("s", told, 15_000)).isNotNull();
  }

  @Test
  void shouldBeginANewWindowWhenTheOldOneIsOver() {
    ScopeState state = ScopeState.NEW.counted(100_000, 5, 60_000).counted(159_999, 5, 60_000);
    assertThat(state.answers()).isEqualTo(12);

    assertThat(state.counted(160_000, 1, 60_000).answers()).isEqualTo(2);
  }

  private static ScopeState counted(long unknowns, long knowns) {
    return new ScopeState("m", 1, 0, 0, knowns, unknowns, Long.MIN_VALUE);
  }

  private static TrackedGroup group(long size) {
    return TrackedGroup.candidate(
        new Cluster("g", size, new float[] {1, 0}, 0, 0, List.of(), true, List.of()));
  }
}
