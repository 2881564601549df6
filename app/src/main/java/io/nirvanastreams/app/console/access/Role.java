package io.nirvanastreams.app.console.access;

/** What a visitor of the console may do; each role may also do what those before it may. */
public enum Role {
  /** Look. */
  VIEW,
  /** Name groups, or say that they are of no interest. */
  LABEL,
  /** Decide which model version is live. */
  OPERATE;

  /** Whether this role may do what the other one may. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
