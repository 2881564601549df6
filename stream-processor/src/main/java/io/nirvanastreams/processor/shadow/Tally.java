package io.nirvanastreams.processor.shadow;

import io.nirvanastreams.schemas.Evaluation;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.Objects;

/** What one candidate and one live version said of the same images. For one thread. */
final class Tally {
  private final Evaluation sums;

  Tally(String name, int version, int liveVersion) {
    sums =
        Evaluation.newBuilder()
            .setName(name)
            .setVersion(version)
            .setLiveVersion(liveVersion)
            .build();
  }

  void compared(Recognition live, Recognition candidate) {
    boolean liveKnown = live.getOutcome() == Outcome.KNOWN;
    boolean candidateKnown = candidate.getOutcome() == Outcome.KNOWN;
    sums.setImages(sums.getImages() + 1);
    if (liveKnown && candidateKnown) {
      if (Objects.equals(live.getLabel(), candidate.getLabel())) {
        sums.setAgreed(sums.getAgreed() + 1);
      } else {
        sums.setOtherLabel(sums.getOtherLabel() + 1);
      }
    } else if (liveKnown) {
      sums.setOnlyLiveKnown(sums.getOnlyLiveKnown() + 1);
    } else if (candidateKnown) {
      sums.setOnlyCandidateKnown(sums.getOnlyCandidateKnown() + 1);
    } else {
      sums.setAgreed(sums.getAgreed() + 1);
      sums.setBothUnknown(sums.getBothUnknown() + 1);
    }
    sums.setCandidateAlpha(candidate.getAlpha());
    sums.setLiveDistance(sums.getLiveDistance() + live.getDistance());
    sums.setCandidateDistance(sums.getCandidateDistance() + candidate.getDistance());
  }

  void timed(int images, long liveMicros, long candidateMicros) {
    sums.setTimedImages(sums.getTimedImages() + images);
    sums.setLiveForwardMicros(sums.getLiveForwardMicros() + liveMicros);
    sums.setCandidateForwardMicros(sums.getCandidateForwardMicros() + candidateMicros);
  }

  void labelled(boolean liveRight, boolean candidateRight) {
    sums.setLabelled(sums.getLabelled() + 1);
    sums.setLiveRight(sums.getLiveRight() + (liveRight ? 1 : 0));
    sums.setCandidateRight(sums.getCandidateRight() + (candidateRight ? 1 : 0));
  }

  void dropped() {
    sums.setDropped(sums.getDropped() + 1);
  }

  void failed(int images) {
    sums.setFailed(sums.getFailed() + images);
  }

  /** The record of what was counted; nothing is counted after it. */
  Evaluation evaluation() {
    return sums;
  }
}
