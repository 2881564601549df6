package io.nirvanastreams.processor;

import org.apache.kafka.streams.errors.TopologyException;

/**
 * An instance found others with its application id that run a program of another topology, as in an
 * upgrade one by one across a change of it. Kafka Streams gives each work that the other does not
 * know. Trying again does not help as long as both run.
 */
public final class MixedTopologiesException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  MixedTopologiesException(String applicationId, Throwable cause) {
    super(
        "other instances of "
            + applicationId
            + " run a version of the program that divides the work in another way; stop them all,"
            + " then start those of one version (docs/operations.md)",
        cause);
  }

  /** Whether this is what a stream thread failed of. */
  static boolean causes(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TopologyException) {
        return true;
      }
    }
    return false;
  }
}
