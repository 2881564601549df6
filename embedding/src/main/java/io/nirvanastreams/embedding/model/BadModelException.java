package io.nirvanastreams.embedding.model;

/** A model that must not be loaded: says what is wrong with it and what to do. */
public final class BadModelException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * The model is refused.
   *
   * @param problem what is wrong
   * @param remedy what to do
   */
  public BadModelException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  /**
   * The model is refused because of another failure.
   *
   * @param problem what is wrong
   * @param remedy what to do
   * @param cause the failure, or null
   */
  public BadModelException(String problem, String remedy, Throwable cause) {
    super(problem + "; " + remedy, cause);
    this.remedy = remedy;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
