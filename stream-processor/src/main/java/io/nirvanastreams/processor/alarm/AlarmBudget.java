package io.nirvanastreams.processor.alarm;

import io.nirvanastreams.openset.discovery.FalseDiscoveryState;
import io.nirvanastreams.openset.discovery.FalseDiscoveryStream;
import io.nirvanastreams.processor.state.BoundedStore;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.processor.threshold.Target;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Says which unknown answers raise an alarm, so that among the alarms of each source few are false:
 * online control of the false discovery rate, {@link FalseDiscoveryStream}, over the p-values of
 * the source. An answer that cannot raise one counts as p-value 1, which keeps the promise.
 *
 * <p>A function of the order of the images and of the overrides in force. Its task's thread only.
 */
public final class AlarmBudget {
  /** Name of the store with the states. */
  public static final String STORE = "alarms-by-source";

  /**
   * Alarms remembered of a source; an unknown that stays in view raises one an image. Leaving older
   * ones out lowers the level, which keeps the promise, and the state of a source below 1.1 kB.
   */
  static final int ALARMS_KEPT = 128;

  private final AlarmOptions options;
  private final LiveOverrides overrides;
  private final BoundedStore sources;

  /** The sources of one task. */
  public AlarmBudget(
      AlarmOptions options, LiveOverrides overrides, KeyValueStore<String, byte[]> store) {
    this.options = options;
    this.overrides = overrides;
    this.sources = new BoundedStore(store, options.maximumSources(), Long.MAX_VALUE);
  }

  /**
   * Writes into an answer whether it raises an alarm; into no answer of a source without a budget.
   *
   * @param candidate whether the answer could raise one
   */
  public void decide(Recognition answer, boolean candidate, long recordTime) {
    String source = answer.getSourceId();
    Target budget = overrides.alarmBudget(source, recordTime, options.budget());
    if (budget.value() == 0 || answer.getOutcome() == Outcome.UNDECODABLE) {
      return;
    }
    byte[] before = sources.get(source);
    FalseDiscoveryStream.Step step =
        new FalseDiscoveryStream(budget.value())
            .next(
                before == null ? FalseDiscoveryState.START : FalseDiscoveryState.of(before),
                candidate ? answer.getPValue() : 1);
    sources.put(source, recordTime, newest(step.state()).toBytes());
    answer.setAlarm(step.alarm());
    answer.setAlarmLevel(step.level());
  }

  private static FalseDiscoveryState newest(FalseDiscoveryState state) {
    List<Long> later = state.later();
    return later.size() <= ALARMS_KEPT
        ? state
        : new FalseDiscoveryState(
            state.tested(), state.first(), later.subList(later.size() - ALARMS_KEPT, later.size()));
  }
}
