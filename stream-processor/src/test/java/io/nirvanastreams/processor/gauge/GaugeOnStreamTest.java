package io.nirvanastreams.processor.gauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.TestTopology;
import io.nirvanastreams.schemas.AlarmGauge;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GaugeOnStreamTest {
  @TempDir private Path folder;

  @Test
  void shouldCountAnswersAndWhatLabelsSayOfThem() {
    try (TestTopology topology = new TestTopology(folder, Map.of("gauge.sample", "1"))) {
      for (int i = 0; i < 6; i++) {
        topology.answer("k" + i, Samples.BALL, 5_000 + i);
        topology.answer("u" + i, Samples.UNKNOWN, 5_000 + i);
      }
      label(topology, "u0", "ball");
      label(topology, "u1", "cone");
      label(topology, "k0", "cube");
      topology.advance(GaugeProcessor.INTERVAL);

      List<TestRecord<String, AlarmGauge>> gauges =
          topology.read(topology.topics.gauges(), AlarmGauge.class);
      assertThat(gauges).hasSize(1);
      assertThat(gauges.get(0).key()).isEqualTo("toys/1/t1/0");
      AlarmGauge gauge = gauges.get(0).value();
      assertThat(gauge.getAlpha()).isEqualTo(0.05);
      assertThat(gauge.getKnown()).isEqualTo(6);
      assertThat(gauge.getUnknown()).isEqualTo(6);
      assertThat(gauge.getLabelledUnknown()).isEqualTo(2);
      assertThat(gauge.getLabelledUnknownOfClasses()).isEqualTo(1);
      assertThat(gauge.getLabelledKnown()).isEqualTo(1);
      assertThat(gauge.getLabelledKnownOfClasses()).isEqualTo(1);
    }
  }

  @Test
  void shouldCountALabelOnceAndSayNothingWithoutNews() {
    try (TestTopology topology = new TestTopology(folder, Map.of())) {
      topology.answer("u", Samples.UNKNOWN, 5_000);
      label(topology, "u", "ball");
      topology.advance(GaugeProcessor.INTERVAL);
      topology.advance(GaugeProcessor.INTERVAL);
      label(topology, "u", "cube");
      topology.advance(GaugeProcessor.INTERVAL);

      assertThat(topology.read(topology.topics.gauges(), AlarmGauge.class))
          .extracting(gauge -> gauge.value().getLabelledUnknown())
          .containsExactly(1L);
    }
  }

  @Test
  void shouldKeepNoMoreAnswersThanAllowed() {
    try (TestTopology topology = new TestTopology(folder, Map.of("gauge.events", "1"))) {
      topology.answer("u0", Samples.UNKNOWN, 5_000);
      topology.answer("u1", Samples.UNKNOWN, 5_001);
      label(topology, "u0", "ball");
      topology.advance(GaugeProcessor.INTERVAL);

      assertThat(topology.read(topology.topics.gauges(), AlarmGauge.class))
          .extracting(gauge -> gauge.value().getLabelledUnknown())
          .containsExactly(0L);
    }
  }

  private static void label(TestTopology topology, String eventId, String name) {
    topology.control(
        topology.topics.labels(),
        eventId,
        LabelAssigned.newBuilder()
            .setSubjectId(eventId)
            .setSubjectType(SubjectType.EVENT)
            .setAction(LabelAction.ASSIGN)
            .setClassName(name)
            .build());
  }
}
