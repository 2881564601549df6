package io.nirvanastreams.records;

/** A record of a model version does not say what it must: names the record and what is wrong. */
public final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The record is wrong. */
  public BadRecordException(String message) {
    super(message);
  }

  /** The record is wrong, as another check found out. */
  public BadRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
