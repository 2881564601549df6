package io.nirvanastreams.app.guarantee;

import java.util.List;

/**
 * What became of one promise. Immutable.
 *
 * @param guarantee name of the promise
 * @param state held, violated, or not tried by this evidence
 * @param figures what was counted, for people
 * @param violations each violation in words; empty unless violated
 */
public record Finding(String guarantee, State state, String figures, List<String> violations) {
  /** What became of it. */
  public enum State {
    /** The evidence tried the promise and it held. */
    HELD,
    /** At least one violation. */
    VIOLATED,
    /** Nothing in the evidence could have violated it. */
    NOT_TRIED
  }

  /** Copies the list. */
  public Finding {
    violations = List.copyOf(violations);
  }

  /** Held when there are no violations. */
  static Finding of(Guarantee guarantee, String figures, List<String> violations) {
    State state = violations.isEmpty() ? State.HELD : State.VIOLATED;
    return new Finding(guarantee.name(), state, figures, violations);
  }

  /** Held or violated, or not tried when there are no violations and nothing was tried. */
  static Finding of(Guarantee guarantee, boolean tried, String figures, List<String> violations) {
    return tried || !violations.isEmpty()
        ? of(guarantee, figures, violations)
        : new Finding(guarantee.name(), State.NOT_TRIED, figures, violations);
  }

  /** Whether the promise was broken. */
  public boolean violated() {
    return state == State.VIOLATED;
  }
}
