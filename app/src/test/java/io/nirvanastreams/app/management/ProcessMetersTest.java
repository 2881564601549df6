package io.nirvanastreams.app.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nirvanastreams.app.console.TestClock;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.trainer.retrain.RetrainingStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessMetersTest {
  private final ProcessMeters meters = ProcessMeters.open("trainer", "1.2");

  @Test
  void shouldShowTheMachineAndWhatRuns() {
    assertThat(meters.scrape())
        .contains("nirvana_build{component=\"trainer\",version=\"1.2\"} 1")
        .contains("jvm_memory_used_bytes{", "process_uptime_seconds");
  }

  @Test
  void shouldShowTimersAsDistributions() {
    meters.registry().timer("nirvana.forward").record(7, TimeUnit.MILLISECONDS);
    meters.registry().timer("other").record(7, TimeUnit.MILLISECONDS);

    assertThat(meters.scrape())
        .contains("nirvana_forward_seconds_bucket{le=\"0.005\"} 0")
        .contains("nirvana_forward_seconds_bucket{le=\"0.01\"} 1")
        .doesNotContain("other_seconds_bucket");
  }

  @Test
  void shouldLeaveOutWhatKafkaTellsOfEveryBroker() {
    meters.registry().counter("kafka.consumer.node.request.total").increment();
    meters.registry().counter("kafka.consumer.request.total").increment();

    assertThat(meters.scrape()).contains("kafka_consumer_request_total").doesNotContain("_node_");
  }

  @Test
  void shouldCloseWhatWasBound() {
    AtomicBoolean closed = new AtomicBoolean();
    class Bound implements MeterBinder, AutoCloseable {
      @Override
      public void bindTo(MeterRegistry registry) {}

      @Override
      public void close() {
        closed.set(true);
      }
    }
    meters.bind(new Bound());

    meters.close();

    assertThat(closed).isTrue();
  }

  @Test
  void shouldShowWhereATrainerStands() {
    TrainerMeters trainer = new TrainerMeters(meters.registry(), "m", status(Map.of(), 0, 0, 0));

    trainer.update(status(Map.of("cone", 12, "cube", 3), 2, 3, 1));

    assertThat(meters.scrape())
        .contains("nirvana_trainer_images{class=\"cone\",model=\"m\"} 12.0")
        .contains("nirvana_trainer_versions_total{model=\"m\",result=\"published\"} 2.0")
        .contains("nirvana_trainer_versions_total{model=\"m\",result=\"refused\"} 2.0")
        .contains("nirvana_trainer_versions_total{model=\"m\",result=\"failed\"} 1.0")
        .contains("nirvana_trainer_learning_seconds_count{model=\"m\"} 5")
        .contains("nirvana_trainer_learning_seconds_sum{model=\"m\"} 90.0")
        .contains("nirvana_trainer_stopped{model=\"m\"} 0.0");
  }

  @Test
  void shouldShowWhatAConsoleSees() {
    ConsoleView view = new ConsoleView(new TestClock());
    ConsoleMeters console = new ConsoleMeters(meters.registry(), view.state());
    view.recognition(
        Recognition.newBuilder().setEventId("e").setOutcome(Outcome.UNKNOWN).build(), true);
    view.problem("The schema registry does not answer");

    console.update(view.state());

    assertThat(meters.scrape())
        .contains("nirvana_console_answers_total{outcome=\"unknown\"} 1.0")
        .contains("nirvana_console_groups{stage=\"open\"} 0.0")
        .contains("nirvana_console_blind 1.0");
  }

  private static RetrainingStatus status(
      Map<String, Integer> images, int published, int refused, int failed) {
    return new RetrainingStatus(
        true, false, images, published, refused, failed, Duration.ofSeconds(90), "");
  }
}
