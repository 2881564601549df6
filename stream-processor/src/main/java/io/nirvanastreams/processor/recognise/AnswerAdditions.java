package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.processor.alarm.AlarmBudget;
import io.nirvanastreams.processor.consensus.TrackConsensus;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Adds consensus and alarm to the answers of one task, where they are switched on. Its thread. */
final class AnswerAdditions {
  private final AnswerOptions options;
  private final TrackConsensus consensus;
  private final AlarmBudget alarms;

  AnswerAdditions(
      AnswerOptions options, LiveOverrides overrides, ProcessorContext<String, Answer> context) {
    this.options = options;
    consensus =
        options.consensus().on()
            ? new TrackConsensus(options.consensus(), context.getStateStore(TrackConsensus.STORE))
            : null;
    alarms =
        options.alarms().enabled()
            ? new AlarmBudget(options.alarms(), overrides, context.getStateStore(AlarmBudget.STORE))
            : null;
  }

  void add(ImageEvent event, Recognition answer, long recordTime) {
    if (consensus != null) {
      consensus.vote(event, answer, recordTime);
    }
    if (alarms != null) {
      alarms.decide(answer, novel(answer), recordTime);
    }
  }

  /** Whether an answer is one of the unknowns that are grouped. */
  boolean novel(Recognition answer) {
    return answer.getOutcome() == Outcome.UNKNOWN
        && (consensus == null
            || !options.consensus().gatesNovelties()
            || answer.getConsensusOutcome() == Outcome.UNKNOWN);
  }
}
