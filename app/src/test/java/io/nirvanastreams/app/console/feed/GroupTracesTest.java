package io.nirvanastreams.app.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.trace.TraceContext;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class GroupTracesTest {
  private final GroupTraces traces = new GroupTraces();

  @Test
  void shouldKeepTheTraceThatAGroupGrewByLast() {
    TraceContext first = TraceContext.start();
    TraceContext last = TraceContext.start();

    traces.group("g", headers(first));
    traces.group("g", headers(last));
    traces.group("g", new RecordHeaders()); // a decision about it, not an image

    assertThat(traces.of("g")).contains(last);
    assertThat(traces.of("other")).isEmpty();
  }

  @Test
  void shouldKeepABoundedNumber() {
    for (int i = 0; i <= 10_000; i++) {
      traces.group("g" + i, headers(TraceContext.start()));
    }

    assertThat(traces.of("g0")).isEmpty();
    assertThat(traces.of("g10000")).isPresent();
  }

  private static Headers headers(TraceContext trace) {
    Headers headers = new RecordHeaders();
    trace.addTo(headers);
    return headers;
  }
}
