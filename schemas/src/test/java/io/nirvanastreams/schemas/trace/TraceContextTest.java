package io.nirvanastreams.schemas.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void shouldHandOnTheTraceAndNothingElse() {
    Headers headers =
        new RecordHeaders()
            .add("other", "x".getBytes(UTF_8))
            .add("traceparent", PARENT.getBytes(UTF_8))
            .add("tracestate", "vendor=1".getBytes(UTF_8));

    Headers only = TraceContext.only(headers);

    assertThat(only).extracting(Header::key).containsExactly("traceparent", "tracestate");
    assertThat(TraceContext.of(only)).contains(new TraceContext(PARENT, "vendor=1"));
    assertThat(TraceContext.of(only).orElseThrow().traceId())
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void shouldStartATraceOfItsOwn() {
    TraceContext first = TraceContext.start();

    assertThat(first.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(first.traceId()).isNotEqualTo(TraceContext.start().traceId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
      })
  void shouldPassOverWhatTheStandardForbids(String value) {
    Headers headers = new RecordHeaders().add("traceparent", value.getBytes(UTF_8));

    assertThat(TraceContext.of(headers)).isEmpty();
    assertThat(TraceContext.only(headers)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext(value, ""));
  }
}
