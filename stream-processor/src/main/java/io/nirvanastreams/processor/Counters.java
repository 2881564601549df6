package io.nirvanastreams.processor;

import io.nirvanastreams.schemas.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an instance did since it started. Counts attempts: work of an aborted transaction is counted
 * again when it is repeated, so the topics are the truth and this is the rate. Safe for any thread.
 */
public final class Counters {
  private final Map<Outcome, LongAdder> answered = new EnumMap<>(Outcome.class);
  private final LongAdder batches = new LongAdder();
  private final LongAdder images = new LongAdder();
  private final LongAdder decoded = new LongAdder();
  private final LongAdder decodeMicros = new LongAdder();
  private final LongAdder forwardMicros = new LongAdder();
  private final LongAdder swaps = new LongAdder();
  private final LongAdder replacedThreads = new LongAdder();
  private final LongAdder submittedInline = new LongAdder();

  /** All zero. */
  public Counters() {
    for (Outcome outcome : Outcome.values()) {
      answered.put(outcome, new LongAdder());
    }
  }

  /** An answer was formed. */
  public void answered(Outcome outcome) {
    answered.get(outcome).increment();
  }

  /** An image was decoded, or could not be. */
  public void decoded(long micros) {
    decoded.increment();
    decodeMicros.add(micros);
  }

  /** A forward pass ended. */
  public void forwarded(int batchSize, long micros) {
    batches.increment();
    images.add(batchSize);
    forwardMicros.add(micros);
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
