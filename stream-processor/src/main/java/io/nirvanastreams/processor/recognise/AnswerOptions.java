package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.processor.alarm.AlarmBudget;
import io.nirvanastreams.processor.alarm.AlarmOptions;
import io.nirvanastreams.processor.consensus.ConsensusOptions;
import io.nirvanastreams.processor.consensus.TrackConsensus;
import java.util.ArrayList;
import java.util.List;

/**
 * What is added to an answer beside the judgement of its image. Immutable.
 *
 * @param consensus of the last images of a track
 * @param alarms within a budget
 */
public record AnswerOptions(ConsensusOptions consensus, AlarmOptions alarms) {
  /** The stores that this takes. */
  public List<String> stores() {
    List<String> stores = new ArrayList<>();
    if (consensus.on()) {
      stores.add(TrackConsensus.STORE);
    }
    if (alarms.enabled()) {
      stores.add(AlarmBudget.STORE);
    }
    return stores;
  }
}
