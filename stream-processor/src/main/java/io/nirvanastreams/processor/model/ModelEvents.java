package io.nirvanastreams.processor.model;

import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says on the topic and in the log what happens to the versions of one model. Any thread. */
public final class ModelEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ModelEvents.class);

  private final String modelName;
  private final String instance;
  private final ModelEventSink sink;
  private final Clock clock;

  /** Events of this instance. */
  public ModelEvents(String modelName, String instance, ModelEventSink sink, Clock clock) {
    this.modelName = modelName;
    this.instance = instance;
    this.sink = sink;
    this.clock = clock;
  }

  long nowMillis() {
    return clock.millis();
  }

  /** A threshold override is left out; it is of no version. */
  public void overrideRefused(String reason) {
    send(0, ModelEventKind.OVERRIDE_REFUSED, reason, 0);
  }

  void send(int version, ModelEventKind kind, String reason, double durationMillis) {
    boolean bad = kind == ModelEventKind.REFUSED || kind == ModelEventKind.OVERRIDE_REFUSED;
    LOG.atLevel(bad ? Level.WARN : Level.INFO)
        .addKeyValue("modelName", modelName)
        .addKeyValue("modelVersion", version)
        .log("Model {}/{} {} {} ms {}", modelName, version, kind, durationMillis, reason);
    sink.accept(
        ModelEvent.newBuilder()
            .setName(modelName)
            .setVersion(version)
            .setKind(kind)
            .setInstance(instance)
            .setReason(reason)
            .setDurationMillis(durationMillis)
            .setOccurredAt(clock.instant())
            .build());
  }

  /** What a failed load says to people. */
  static String reason(Throwable failure, Duration loadTimeout) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException) {
      return "it was not complete and loaded within " + loadTimeout.toSeconds() + " s";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
