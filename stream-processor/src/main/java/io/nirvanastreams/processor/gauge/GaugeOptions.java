package io.nirvanastreams.processor.gauge;

/**
 * How false unknowns are counted. Immutable.
 *
 * @param events answers kept per partition until a person labels their image; 0 switches it off
 * @param sample of the answers known one in so many is kept
 */
public record GaugeOptions(int events, int sample) {
  /** Whether anything is counted. */
  public boolean on() {
    return events > 0;
  }
}
