package io.nirvanastreams.app.trial;

import java.time.Duration;

/**
 * A fault and when it happens. Immutable.
 *
 * @param kind what
 * @param at counted from the first image
 * @param lasts how long the fault stays, where it is one that stays
 * @param choice a random number from 0 that chooses among processors, brokers or ways to fail
 */
record PlannedFault(FaultKind kind, Duration at, Duration lasts, int choice) {
  /** Which of so many it happens to. */
  int among(int count) {
    return choice % count;
  }
}
