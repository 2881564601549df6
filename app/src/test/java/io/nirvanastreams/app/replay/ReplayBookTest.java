package io.nirvanastreams.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.replay.ReplayReport.Change;
import io.nirvanastreams.app.replay.ReplayReport.Difference;
import io.nirvanastreams.processor.replay.ImageRange;
import io.nirvanastreams.processor.replay.Replay;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayBookTest {
  private static final ImageRange RANGE =
      new ImageRange("images", Map.of(0, new ImageRange.Offsets(3, 9)));

  private final ReplayBook book = new ReplayBook(true, 2);

  @Test
  void shouldCountWhatChangedByPair() {
    change("a", known("cat", 1), known("cat", 2));
    change("b", known("cat", 1), unknown(2));
    change("c", known("cat", 1), unknown(2));
    change("d", known("cat", 1), unknown(2));
    change("e", unknown(1), known("dog", 2));
    change("f", known("cat", 1), known("dog", 2));

    Difference difference = report().difference();

    assertThat(difference.compared()).isEqualTo(6);
    assertThat(difference.agreeing()).isEqualTo(1);
    assertThat(difference.agreement()).isEqualTo(1.0 / 6);
    assertThat(difference.identical()).as("another version answered").isZero();
    assertThat(difference.changes())
        .containsExactly(
            new Change("KNOWN_TO_UNKNOWN", "cat", "(unknown)", 3, List.of("b", "c")),
            new Change("UNKNOWN_TO_KNOWN", "(unknown)", "dog", 1, List.of("e")),
            new Change("LABEL", "cat", "dog", 1, List.of("f")));
    assertThat(difference.versions()).containsExactly(Map.entry(1, 6L));
    assertThat(report().versions()).containsExactly(Map.entry(2, 6L));
  }

  @Test
  void shouldLeaveTimingsOutOfTheComparison() {
    Recognition.Builder slow = known("cat", 1).setTimings(new Timings());
    slow.getTimings().setQueueMicros(7);
    change("a", slow, known("cat", 1));
    change("b", known("cat", 1).setDistance(1), known("cat", 1).setDistance(Math.nextUp(1.0)));

    assertThat(report().difference().agreeing()).isEqualTo(2);
    assertThat(report().difference().identical()).isEqualTo(1);
  }

  @Test
  void shouldCountImagesThatTheStreamHasNotAnswered() {
    book.replayed(known("cat", 1).setEventId("a").build(), 50);
    book.streamed(known("cat", 1).setEventId("other").build());

    assertThat(book.complete()).isFalse();
    assertThat(book.earliest()).isEqualTo(50);
    assertThat(report().difference().unanswered()).isEqualTo(1);
    assertThat(report().difference().agreement()).isEqualTo(1);
  }

  @Test
  void shouldSayItInLines() {
    change("a", known("cat", 1), unknown(2));
    List<String> lines = new ArrayList<>();

    ReplayText.summary(report(), lines::add);

    assertThat(lines)
        .containsExactly(
            "images      1 at offsets 0:3-9",
            "versions    2 (1)",
            "answers     unknown 1",
            "written to  replayed",
            "compared    1 with the stream's answers of versions 1 (1)",
            "agreement   0.0000 (0 of 1); 0 equal in all but the timings");
  }

  private void change(String eventId, Recognition.Builder from, Recognition.Builder to) {
    book.replayed(to.setEventId(eventId).build(), 100);
    book.streamed(from.setEventId(eventId).build());
  }

  private ReplayReport report() {
    return book.report("replayed", RANGE, new Replay.Result(1, 0, false));
  }

  private static Recognition.Builder known(String label, int version) {
    return Recognition.newBuilder()
        .setOutcome(Outcome.KNOWN)
        .setLabel(label)
        .setModelVersion(version);
  }

  private static Recognition.Builder unknown(int version) {
    return Recognition.newBuilder().setOutcome(Outcome.UNKNOWN).setModelVersion(version);
  }
}
