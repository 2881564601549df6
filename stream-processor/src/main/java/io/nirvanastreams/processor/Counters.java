package io.nirvanastreams.processor;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nirvanastreams.schemas.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What an instance did since it started. Counts attempts: work of an aborted transaction is counted
 * again when it is repeated, so the topics are the truth and this is the rate. Safe for any thread.
 *
 * <p>Everything is also in a registry of meters, under names that begin with {@code nirvana.};
 * times are timers. The names are public API.
 */
public final class Counters {
  private final MeterRegistry meters;
  private final Map<Outcome, LongAdder> answered = new EnumMap<>(Outcome.class);
  private final LongAdder batches = new LongAdder();
  private final LongAdder images = new LongAdder();
  private final LongAdder decoded = new LongAdder();
  private final LongAdder decodeMicros = new LongAdder();
  private final LongAdder forwardMicros = new LongAdder();
  private final LongAdder swaps = new LongAdder();
  private final LongAdder replacedThreads = new LongAdder();
  private final LongAdder submittedInline = new LongAdder();
  private final LongAdder shadowed = new LongAdder();
  private final LongAdder shadowDropped = new LongAdder();
  private final DistributionSummary batchSize;
  private final Timer decode;
  private final Timer forward;
  private final Timer wait;
  private final Timer poll;

  /** All zero, in a registry of its own. */
  public Counters() {
    this(new SimpleMeterRegistry());
  }

  /** All zero, shown by this registry. */
  public Counters(MeterRegistry meters) {
    this.meters = meters;
    for (Outcome outcome : Outcome.values()) {
      LongAdder count = new LongAdder();
      answered.put(outcome, count);
      FunctionCounter.builder("nirvana.images.answered", count, LongAdder::sum)
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .description("Answers formed")
          .register(meters);
    }
    counter("nirvana.model.swaps", swaps, "Times that a model version began to answer");
    counter("nirvana.threads.replaced", replacedThreads, "Stream threads that died");
    counter("nirvana.images.inline", submittedInline, "Images that were not submitted at poll");
    counter("nirvana.shadow.images", shadowed, "Images that a candidate looked at beside the live");
    counter(
        "nirvana.shadow.dropped", shadowDropped, "Images that it left out, the device being busy");
    batchSize =
        DistributionSummary.builder("nirvana.batch.size")
            .description("Images of a forward pass")
            .register(meters);
    decode = timer("nirvana.decode", "Fetching, decoding and resizing an image");
    forward = timer("nirvana.forward", "A forward pass");
    wait = timer("nirvana.queue.wait", "From the submission of an image to its forward pass");
    poll = timer("nirvana.poll.interval", "From a poll with images to the next poll");
  }

  /** The registry that shows it all. */
  public MeterRegistry meters() {
    return meters;
  }

  /**
   * Shows how full a scheduler is.
   *
   * @param depth images submitted and not answered
   * @param maxBatch its bound of a batch
   * @param maxQueue its bound of the depth
   */
  public void watch(IntSupplier depth, IntSupplier maxBatch, IntSupplier maxQueue) {
    gauge("nirvana.queue.depth", depth, "Images submitted and not answered");
    gauge("nirvana.queue.limit", maxQueue, "Most images submitted and not answered");
    gauge("nirvana.batch.limit", maxBatch, "Most images of a forward pass");
  }

  /** An answer was formed. */
  public void answered(Outcome outcome) {
    answered.get(outcome).increment();
  }

  /** An image was decoded, or could not be. */
  public void decoded(long micros) {
    decoded.increment();
    decodeMicros.add(micros);
    decode.record(micros, TimeUnit.MICROSECONDS);
  }

  /** A forward pass ended. */
  public void forwarded(int size, long micros) {
    batches.increment();
    images.add(size);
    forwardMicros.add(micros);
    batchSize.record(size);
    forward.record(micros, TimeUnit.MICROSECONDS);
  }

  /** An image waited so long for its forward pass. */
  public void waited(long micros) {
    wait.record(micros, TimeUnit.MICROSECONDS);
  }

  /** So long after a poll with images came the next. */
  public void polled(long nanos) {
    poll.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Another model version began to answer. */
  public void swapped() {
    swaps.increment();
  }

  /** A stream thread died and was replaced. */
  public void threadReplaced() {
    replacedThreads.increment();
  }

  /** A record came without a prefetched result. */
  public void submittedInline() {
    submittedInline.increment();
  }

  /** A candidate looked at images beside the live model. */
  public void shadowed(int size) {
    shadowed.add(size);
  }

  /** An image was left out by a candidate, since the device was busy. */
  public void shadowDropped() {
    shadowDropped.increment();
  }

  /** The counts now. */
  public Snapshot snapshot() {
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    answered.forEach((outcome, count) -> outcomes.put(outcome, count.sum()));
    return new Snapshot(
        outcomes,
        batches.sum(),
        images.sum(),
        decoded.sum(),
        decodeMicros.sum(),
        forwardMicros.sum(),
        swaps.sum(),
        replacedThreads.sum(),
        submittedInline.sum());
  }

  private void counter(String name, LongAdder count, String description) {
    FunctionCounter.builder(name, count, LongAdder::sum).description(description).register(meters);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).description(description).register(meters);
  }

  private void gauge(String name, IntSupplier value, String description) {
    // The registry would let go of the supplier, which nobody else holds.
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .strongReference(true)
        .description(description)
        .register(meters);
  }

  /**
   * Counts of one moment. Immutable.
   *
   * @param answered answers by outcome
   * @param batches forward passes
   * @param images images in them
   * @param decoded images that decoding was tried on
   * @param decodeMicros time of decoding, summed over threads, microseconds
   * @param forwardMicros time of forward passes, microseconds
   * @param swaps times that a version began to answer
   * @param replacedThreads stream threads that died and were replaced
   * @param submittedInline records that came without a prefetched result
   */
  public record Snapshot(
      Map<Outcome, Long> answered,
      long batches,
      long images,
      long decoded,
      long decodeMicros,
      long forwardMicros,
      long swaps,
      long replacedThreads,
      long submittedInline) {
    /** Copies the counts. */
    public Snapshot {
      answered = Map.copyOf(answered);
    }

    /** Images of a forward pass on average; 0 before the first. */
    public double meanBatchSize() {
      return batches == 0 ? 0 : (double) images / batches;
    }
  }
}
