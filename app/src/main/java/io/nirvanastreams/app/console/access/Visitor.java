package io.nirvanastreams.app.console.access;

/**
 * Somebody at the console. Immutable.
 *
 * @param name goes into the records of what they decide; empty where nobody has to say who they are
 * @param role what they may do
 */
public record Visitor(String name, Role role) {
  /** Whoever sits at this machine, on a console without tokens. */
  public static final Visitor LOCAL = new Visitor("", Role.OPERATE);
}
