package io.nirvanastreams.trainer.publish;

/** Waits until a version may become live. Implementations are safe for any thread. */
@FunctionalInterface
public interface Readiness {
  /** Waits for nobody: processors load a version when they hear that it is live. */
  Readiness UNASKED = (name, version) -> {};

  /**
   * Returns when the processors have the version loaded and warm.
   *
   * @throws NotReadyException when they do not get ready
   */
  void await(String name, int version);
}
