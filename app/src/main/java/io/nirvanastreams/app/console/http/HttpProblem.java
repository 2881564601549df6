package io.nirvanastreams.app.console.http;

/** A request that is refused: the status, and one sentence for the person who sent it. */
final class HttpProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  HttpProblem(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
