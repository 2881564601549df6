package io.nirvanastreams.app.replay;

import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What is kept of an answer to compare it: small, because there is one for each image of a replay.
 *
 * @param outcome what was decided
 * @param label the class, for KNOWN; otherwise null
 * @param modelVersion version that answered
 * @param fingerprint of all fields but the timings: equal for answers of the same bytes
 */
record Verdict(Outcome outcome, String label, int modelVersion, long fingerprint) {
  static Verdict of(Recognition answer) {
    return new Verdict(
        answer.getOutcome(),
        answer.getLabel() == null ? null : answer.getLabel().intern(),
        answer.getModelVersion(),
        fingerprint(answer));
  }

  /** The decision alone, for people: {@code unknown}, or the class. */
  String text() {
    return switch (outcome) {
      case KNOWN -> label;
      case UNKNOWN -> "(unknown)";
      case UNDECODABLE -> "(undecodable)";
      case UNSPECIFIED -> "(unspecified)";
    };
  }

  boolean agrees(Verdict other) {
    return outcome == other.outcome && text().equals(other.text());
  }

  private static long fingerprint(Recognition answer) {
    try {
      Recognition bare = Recognition.newBuilder(answer).setTimings(null).build();
      return ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(bare.toByteBuffer().array()))
          .getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
