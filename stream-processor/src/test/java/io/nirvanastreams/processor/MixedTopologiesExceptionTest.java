package io.nirvanastreams.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;

class MixedTopologiesExceptionTest {
  @Test
  void shouldBeFoundAmongTheCausesOfAThreadsEnd() {
    TopologyException unknown = new TopologyException("Topic t is unknown to the topology");

    assertThat(MixedTopologiesException.causes(unknown)).isTrue();
    assertThat(MixedTopologiesException.causes(new StreamsException("task", unknown))).isTrue();
    assertThat(MixedTopologiesException.causes(new StreamsException("task"))).isFalse();
  }

  @Test
  void shouldSayWhatToDo() {
    assertThat(new MixedTopologiesException("cameras", new TopologyException("t")))
        .hasMessageContaining("other instances of cameras")
        .hasMessageContaining("stop them all");
  }
}
