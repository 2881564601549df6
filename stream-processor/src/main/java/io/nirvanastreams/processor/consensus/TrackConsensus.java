package io.nirvanastreams.processor.consensus;

import io.nirvanastreams.processor.state.BoundedStore;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets the last images of a track vote and writes what they agree on into the answer, whose own
 * outcome stays. A function of the order of the images, so that a repeated run says the same. Its
 * task's thread only.
 */
public final class TrackConsensus {
  /** Name of the store with the votes. */
  public static final String STORE = "votes-by-track";

  private static final char SEPARATOR = '\u0000';

  private final ConsensusOptions options;
  private final BoundedStore tracks;

  /** The tracks of one task. */
  public TrackConsensus(ConsensusOptions options, KeyValueStore<String, byte[]> store) {
    this.options = options;
    this.tracks = new BoundedStore(store, options.maximumTracks(), options.expiry().toMillis());
  }

  /** Counts the vote of an answer and writes the consensus into it. Undecodable images abstain. */
  public void vote(ImageEvent event, Recognition answer, long recordTime) {
    if (answer.getOutcome() == Outcome.UNDECODABLE) {
      return;
    }
    String track = track(event);
    byte[] before = tracks.get(track);
    Frames frames =
        (before == null ? Frames.NONE : Frames.of(before))
            .with(
                new Frame(recordTime, answer.getLabel()),
                options.frames(),
                options.expiry().toMillis());
    tracks.put(track, recordTime, frames.toBytes());
    Frames.Most most = frames.most();
    answer.setConsensusFrames(frames.frames().size());
    answer.setConsensusVotes(most.count());
    if (most.count() >= options.votes()) {
      answer.setConsensusOutcome(most.label() == null ? Outcome.UNKNOWN : Outcome.KNOWN);
      answer.setConsensusLabel(most.label());
    }
  }

  private String track(ImageEvent event) {
    String name =
        options.attribute().isEmpty()
            ? ""
            : event.getAttributes().getOrDefault(options.attribute(), "");
    return event.getSourceId() + SEPARATOR + name;
  }
}
