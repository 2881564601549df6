package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Recognition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Time from sending an image until a reader of committed records sees its answer, at a steady rate.
 * Images come evenly spaced. For one thread.
 */
final class Latency {
  private final Fixture fixture;
  private final ClusterAccess access;
  private final double warmSeconds;

  /**
   * @param warmSeconds how long images are sent before answers count: a processor that is still
   *     being compiled falls behind, and catches up later
   */
  Latency(Fixture fixture, String prefix, double warmSeconds) {
    this.warmSeconds = warmSeconds;
    this.fixture = fixture;
    this.access = fixture.access(prefix);
  }

  /**
   * The middle and the tail, milliseconds.
   *
   * @param p50 half are faster
   * @param p99 all but one of a hundred are faster
   * @param count answers
   */
  record Quantiles(double p50, double p99, int count) {}

  /** Sends at this rate for so long, beside a running processor. */
  Quantiles at(double perSecond, double seconds) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread sender = new Thread(() -> send(perSecond, stop), "sender");
    List<Long> millis = new ArrayList<>();
    try (Answers answers = new Answers(access);
        Deserializer<Recognition> deserializer = access.serdes().deserializer(Recognition.class)) {
      sender.start();
      answers.read(warmSeconds, record -> {});
      answers.read(
          seconds,
          record -> {
            Recognition answer = deserializer.deserialize(record.topic(), record.value());
            millis.add(System.currentTimeMillis() - answer.getCapturedAt().toEpochMilli());
          });
    } finally {
      stop.set(true);
      sender.join();
    }
    Collections.sort(millis);
    return millis.isEmpty()
        ? new Quantiles(Double.NaN, Double.NaN, 0)
        : new Quantiles(quantile(millis, 0.5), quantile(millis, 0.99), millis.size());
  }

  private void send(double perSecond, AtomicBoolean stop) {
    try (Producer<String, ImageEvent> producer = access.producer()) {
      long start = System.nanoTime();
      for (int i = 0; !stop.get(); i++) {
        long due = start + (long) (i / perSecond * 1e9);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        var unused = producer.send(fixture.record(access, i, 50));
      }
    }
  }

  private static double quantile(List<Long> sorted, double share) {
    return sorted.get((int) (share * (sorted.size() - 1)));
  }
}
