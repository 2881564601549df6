package io.nirvanastreams.trainer.rule;

/** What a rule says; the reason has the figures. Immutable. */
public sealed interface Verdict {
  /** Why, for people. */
  String reason();

  /** All stays as it is. */
  record Wait(String reason) implements Verdict {}

  /** The candidate becomes live. */
  record Promote(String reason) implements Verdict {}

  /** The candidate is none any more. */
  record Reject(String reason) implements Verdict {}

  /** The version before becomes live again. */
  record RollBack(String reason) implements Verdict {}
}
