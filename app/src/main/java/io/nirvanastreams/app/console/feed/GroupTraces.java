package io.nirvanastreams.app.console.feed;

import io.nirvanastreams.schemas.trace.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * The traces of the images that groups grew by last, so that a label can go on in one. Keeps a
 * bounded number, the groups that changed last. Safe from any thread.
 */
final class GroupTraces {
  private static final int MOST = 10_000;

  private final Map<String, TraceContext> traces =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TraceContext> eldest) {
          return size() > MOST;
        }
      };

  /** A group's record came with these headers. */
  synchronized void group(String groupId, Headers headers) {
    TraceContext.of(headers)
        .ifPresent(
            trace -> {
              traces.remove(groupId);
              traces.put(groupId, trace);
            });
  }

  /** The trace of a group, when one is kept. */
  synchronized Optional<TraceContext> of(String groupId) {
    return Optional.ofNullable(traces.get(groupId));
  }
}
