package io.nirvanastreams.processor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.state.MemoryStore;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams of conformal p-values: known images uniform on steps, unknown ones near the least. */
class AlarmBudgetTest {
  private static final double TARGET = 0.1;
  private static final double ALPHA = 0.05;
  private static final int CALIBRATED = 20_000;

  @Test
  void shouldKeepTheShareOfFalseAlarmsOfEachSourceBelowItsTarget() {
    double proportions = 0;
    long found = 0;
    long unknowns = 0;
    int streams = 0;
    for (int seed = 0; seed < 10; seed++) {
      for (Stream stream : run(seed, 0.05, 3, 1_500)) {
        proportions += stream.falseShare();
        found += stream.alarms - stream.falseAlarms;
        unknowns += stream.unknowns;
        streams++;
      }
    }
    double measured = proportions / streams;
    // Alpha alone would have 0.05 * 0.95 false ones beside 0.05: nearly half.
    assertThat(measured).isBetween(0.0, TARGET);
    assertThat((double) found / unknowns).isGreaterThan(0.3);
  }

  @Test
  void shouldRaiseHardlyAnAlarmWhereNothingIsUnknown() {
    int withAlarm = 0;
    int streams = 0;
    for (int seed = 100; seed < 150; seed++) {
      for (Stream stream : run(seed, 0, 2, 500)) {
        withAlarm += stream.alarms > 0 ? 1 : 0;
        streams++;
      }
    }
    assertThat((double) withAlarm / streams).isLessThan(TARGET);
  }

  @Test
  void shouldGoOnWhereItWasAfterARestart() {
    List<Recognition> whole = stream(1);
    List<Recognition> halves = stream(1);
    MemoryStore store = new MemoryStore();
    AlarmBudget once = budget(new MemoryStore(), 10);
    whole.forEach(answer -> decide(once, answer));
    AlarmBudget first = budget(store, 10);
    halves.subList(0, 150).forEach(answer -> decide(first, answer));
    AlarmBudget second = budget(store, 10);
    halves.subList(150, 300).forEach(answer -> decide(second, answer));

    assertThat(halves).isEqualTo(whole);
    assertThat(whole).anyMatch(Recognition::getAlarm);
  }

  @Test
  void shouldBoundSourcesAndTheirAlarms() {
    MemoryStore store = new MemoryStore();
    AlarmBudget budget = budget(store, 2);
    for (int i = 0; i < 600; i++) {
      decide(budget, answer("s" + i % 2, 0));
    }
    decide(budget, answer("s2", 0.5));

    assertThat(store.map).containsOnlyKeys("s1", "s2");
    assertThat(store.map.get("s1").length)
        .isEqualTo((2 + 2 + AlarmBudget.ALARMS_KEPT) * Long.BYTES);
  }

  private static final class Stream {
    private int alarms;
    private int falseAlarms;
    private int unknowns;

    private double falseShare() {
      return alarms == 0 ? 0 : (double) falseAlarms / alarms;
    }
  }

  private static List<Stream> run(int seed, double share, int sources, int images) {
    Random random = new Random(seed);
    AlarmBudget budget = budget(new MemoryStore(), sources);
    List<Stream> streams = new ArrayList<>();
    for (int s = 0; s < sources; s++) {
      streams.add(new Stream());
    }
    for (int i = 0; i < images * sources; i++) {
      boolean novel = random.nextDouble() < share;
      double uniform = novel ? 0 : random.nextDouble();
      Recognition answer = answer("s" + i % sources, uniform);
      decide(budget, answer);
      Stream stream = streams.get(i % sources);
      stream.unknowns += novel ? 1 : 0;
      stream.alarms += answer.getAlarm() ? 1 : 0;
      stream.falseAlarms += answer.getAlarm() && !novel ? 1 : 0;
    }
    return streams;
  }

  private static List<Recognition> stream(int seed) {
    Random random = new Random(seed);
    List<Recognition> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(answer("s", random.nextInt(4) == 0 ? 0 : random.nextDouble()));
    }
    return answers;
  }

  private static void decide(AlarmBudget budget, Recognition answer) {
    budget.decide(answer, answer.getOutcome() == Outcome.UNKNOWN, 1_000);
  }

  private static AlarmBudget budget(MemoryStore store, int sources) {
    return new AlarmBudget(
        new AlarmOptions(true, TARGET, sources, true),
        new LiveOverrides("toys", reason -> {}),
        store);
  }

  private static Recognition answer(String source, double uniform) {
    double pValue = (1 + Math.floor(uniform * (CALIBRATED + 1))) / (CALIBRATED + 1);
    return Recognition.newBuilder()
        .setSourceId(source)
        .setOutcome(pValue < ALPHA ? Outcome.UNKNOWN : Outcome.KNOWN)
        .setPValue(Math.min(1, pValue))
        .build();
  }
}
