package io.nirvanastreams.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nirvanastreams.schemas.AlarmGauge;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelMetersTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ModelMeters shown = new ModelMeters(meters, Samples.MODEL);

  @Test
  void shouldCountWhatHappensToVersions() {
    shown.event(event(ModelEventKind.LOADED, 40));
    shown.event(event(ModelEventKind.ACTIVATED, 3));
    shown.event(event(ModelEventKind.REFUSED, 0));
    shown.event(event(ModelEventKind.REFUSED, 0));

    assertThat(meters.get("nirvana.model.events").tag("kind", "refused").counter().count())
        .isEqualTo(2);
    assertThat(meters.get("nirvana.model.load").timer().max(TimeUnit.MILLISECONDS)).isEqualTo(40);
    assertThat(meters.get("nirvana.model.swap.pause").timer().max(TimeUnit.MILLISECONDS))
        .isEqualTo(3);
  }

  @Test
  void shouldShowWhatLabelsSayOfTheNewestVersion() {
    assertThat(measured()).isNaN();

    shown.measured(gauge(0, 1, 100, 10, 10));
    shown.measured(gauge(0, 2, 90, 10, 4));
    shown.measured(gauge(1, 2, 110, 10, 6));
    shown.measured(gauge(1, 1, 50, 50, 50)); // late, of the version before

    assertThat(measured()).isCloseTo(10.0 / 210, within(1e-9));
    assertThat(meters.get("nirvana.alarm.labels").gauge().value()).isEqualTo(20);
  }

  private double measured() {
    return meters.get("nirvana.alarm.measured").gauge().value();
  }

  private static AlarmGauge gauge(int partition, int version, long known, long unknown, long hit) {
    return AlarmGauge.newBuilder()
        .setPartition(partition)
        .setVersion(version)
        .setKnown(known)
        .setUnknown(unknown)
        .setLabelledUnknown(unknown)
        .setLabelledUnknownOfClasses(hit)
        .build();
  }

  private static ModelEvent event(ModelEventKind kind, double millis) {
    return ModelEvent.newBuilder().setKind(kind).setDurationMillis(millis).build();
  }
}
