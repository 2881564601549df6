package io.nirvanastreams.app.demo;

import static io.nirvanastreams.schemas.Outcome.KNOWN;
import static io.nirvanastreams.schemas.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VersionMeasuresTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final Set<String> CLASSES = Set.of("Coat", "Sandal");

  @Test
  void shouldMeasureWhatAPersonWouldCount() {
    List<Answer> answers =
        List.of(
            Answers.scored("Coat", KNOWN, "Coat", 1, 0.9, -1),
            Answers.scored("Coat", UNKNOWN, "Coat", 1, 0.4, -2),
            Answers.scored("Sandal", KNOWN, "Coat", 1, 0.8, -3),
            Answers.scored("Bag", UNKNOWN, "Coat", 1, 0.5, -2),
            Answers.scored("Bag", KNOWN, "Sandal", 1, 0.1, -4),
            Answers.scored("Coat", UNKNOWN, "Sandal", 2, 5, 5));

    VersionMeasures measures = VersionMeasures.of(1, answers, CLASSES);

    assertThat(measures.known()).isEqualTo(3);
    assertThat(measures.accuracy()).isEqualTo(2.0 / 3, EXACT);
    assertThat(measures.acceptedAndRight()).isEqualTo(1.0 / 3, EXACT);
    assertThat(measures.falseUnknown()).isEqualTo(1.0 / 3, EXACT);
    assertThat(measures.unknown()).isEqualTo(2);
    assertThat(measures.detected()).isEqualTo(0.5, EXACT);
    // Of the six pairs of a known and an unknown answer, 0.4 < 0.5 is the only wrong one.
    assertThat(measures.auroc()).isEqualTo(5.0 / 6, EXACT);
    // -3 < -2 is wrong, and -2 = -2 counts half.
    assertThat(measures.rawAuroc()).isEqualTo(4.5 / 6, EXACT);
    assertThat(measures.recall()).isEqualTo(Map.of("Coat", 0.5, "Sandal", 0.0));
  }

  @Test
  void shouldCountAClassAsKnownOnceItsVersionKnowsIt() {
    List<Answer> answers = List.of(Answers.answer("Bag", KNOWN, "Bag", 2));

    VersionMeasures measures = VersionMeasures.of(2, answers, Set.of("Coat", "Bag"));

    assertThat(measures.known()).isEqualTo(1);
    assertThat(measures.unknown()).isZero();
    assertThat(measures.recall()).containsExactly(Map.entry("Bag", 1.0));
  }

  @Test
  void shouldNotInventMeasuresOfNothing() {
    VersionMeasures measures =
        VersionMeasures.of(1, List.of(Answers.answer("Bag", UNKNOWN, "Coat", 1)), CLASSES);

    assertThat(measures.accuracy()).isNaN();
    assertThat(measures.falseUnknown()).isNaN();
    assertThat(measures.auroc()).isNaN();
    assertThat(measures.rawAuroc()).isNaN();
    assertThat(measures.detected()).isOne();
  }
}
