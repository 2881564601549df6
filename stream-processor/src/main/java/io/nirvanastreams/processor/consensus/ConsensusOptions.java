package io.nirvanastreams.processor.consensus;

import java.time.Duration;

/**
 * When the last images of a track agree. Immutable.
 *
 * @param frames images that vote, the newest ones; 0 switches consensus off
 * @param votes how many of them must give the same answer; more than half
 * @param attribute attribute of an image that names its track within its source; empty when a
 *     source is one track
 * @param expiry images older than this, by record time, vote no more
 * @param maximumTracks tracks kept per partition; those not seen for longest are forgotten first
 * @param gatesNovelties whether an unknown image becomes a novelty only where the consensus is
 *     unknown as well
 */
public record ConsensusOptions(
    int frames,
    int votes,
    String attribute,
    Duration expiry,
    int maximumTracks,
    boolean gatesNovelties) {
  /** Most images that may vote. */
  public static final int MOST_FRAMES = 255;

  private static final String SOURCE = "source";
  private static final String ATTRIBUTE = "attribute:";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when two answers could both have enough votes, or none
   */
  public ConsensusOptions {
    if (frames > 0 && (votes > frames || 2 * votes <= frames)) {
      throw new IllegalArgumentException(
          "consensus.votes must be more than half of consensus.frames and not more than it, was "
              + votes
              + " of "
              + frames);
    }
  }

  /**
   * From settings.
   *
   * @param votes 0 for the smallest majority
   * @param track {@code source}, or {@code attribute:NAME}
   * @throws IllegalArgumentException when they do not fit
   */
  public static ConsensusOptions of(
      int frames,
      int votes,
      String track,
      Duration expiry,
      int maximumTracks,
      boolean gatesNovelties) {
    if (!track.equals(SOURCE)
        && (!track.startsWith(ATTRIBUTE) || track.length() == ATTRIBUTE.length())) {
      throw new IllegalArgumentException(
          "consensus.track must be source or attribute:NAME, was " + track);
    }
    return new ConsensusOptions(
        frames,
        votes == 0 ? frames / 2 + 1 : votes,
        track.equals(SOURCE) ? "" : track.substring(ATTRIBUTE.length()),
        expiry,
        maximumTracks,
        gatesNovelties);
  }

  /** Whether anything votes. */
  public boolean on() {
    return frames > 0;
  }
}
