package io.nirvanastreams.schemas.trace;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Where a record stands in a trace: the headers {@code traceparent} and {@code tracestate} of W3C
 * Trace Context (https://www.w3.org/TR/trace-context/), as OpenTelemetry's instrumentation of Kafka
 * reads and writes them. Immutable.
 *
 * <p>They are handed on as they came and no span is made here: so the same image leads to the same
 * records, whoever watches.
 *
 * @param traceparent version, trace id, parent id and flags
 * @param tracestate what vendors add; empty for nothing
 */
public record TraceContext(String traceparent, String tracestate) {
  /** Name of the header with the ids. */
  public static final String TRACEPARENT = "traceparent";

  /** Name of the header with what vendors add. */
  public static final String TRACESTATE = "tracestate";

  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Longest header that is handed on; the standard asks for 512 characters at least. */
  private static final int LONGEST_STATE = 512;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when the first is not of the form that the standard sets
   */
  public TraceContext {
    if (!FORM.matcher(traceparent).matches()) {
      throw new IllegalArgumentException(
          "'" + traceparent + "' is no traceparent, such as 00-<32 hex digits>-<16>-01");
    }
  }

  /** A new trace, sampled. */
  public static TraceContext start() {
    String trace = hex(UUID.randomUUID());
    String parent = hex(UUID.randomUUID()).substring(0, 16);
    return new TraceContext("00-" + trace + "-" + parent + "-01", "");
  }

  /** What headers say; empty where they say nothing or not in the standard's form. */
  public static Optional<TraceContext> of(Headers headers) {
    String parent = text(headers, TRACEPARENT);
    if (!FORM.matcher(parent).matches()) {
      return Optional.empty();
    }
    String state = text(headers, TRACESTATE);
    return Optional.of(new TraceContext(parent, state.length() > LONGEST_STATE ? "" : state));
  }

  /** New headers with what these say of a trace, and nothing else. */
  public static Headers only(Headers headers) {
    RecordHeaders trace = new RecordHeaders();
    of(headers).ifPresent(context -> context.addTo(trace));
    return trace;
  }

  /** The id of the trace, 32 hexadecimal digits. */
  public String traceId() {
    Matcher matcher = FORM.matcher(traceparent);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /** Adds it to headers. */
  public void addTo(Headers headers) {
    headers.add(TRACEPARENT, traceparent.getBytes(StandardCharsets.US_ASCII));
    if (!tracestate.isEmpty()) {
      headers.add(TRACESTATE, tracestate.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static String hex(UUID id) {
    return id.toString().replace("-", "");
  }
}
