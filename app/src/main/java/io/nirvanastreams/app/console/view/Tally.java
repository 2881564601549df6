package io.nirvanastreams.app.console.view;

import io.nirvanastreams.schemas.Outcome;

/** Counts answers by outcome. Not thread-safe. */
final class Tally {
  private long all;
  private long known;
  private long unknown;
  private long undecodable;

  void add(Outcome outcome) {
    all++;
    switch (outcome) {
      case KNOWN -> known++;
      case UNKNOWN -> unknown++;
      case UNDECODABLE -> undecodable++;
      case UNSPECIFIED -> {}
    }
  }

  void add(Tally other) {
    all += other.all;
    known += other.known;
    unknown += other.unknown;
    undecodable += other.undecodable;
  }

  long all() {
    return all;
  }

  long known() {
    return known;
  }

  long unknown() {
    return unknown;
  }

  long undecodable() {
    return undecodable;
  }
}
