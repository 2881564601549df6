package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CalibratedAlarmsTest {
  private final Given given = new Given();

  @BeforeEach
  void aCalibratedVersion() {
    given.version(1, "cat", "dog");
  }

  @Test
  void shouldHoldAtAlpha() {
    answer("cat", 1, Outcome.UNKNOWN, 20);
    answer("cat", 1, Outcome.KNOWN, 380);

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
    assertThat(check().figures())
        .isEqualTo("alpha 0.05, 0.0500 of 400 known images answered UNKNOWN");
  }

  @Test
  void shouldFindMoreThanChanceExplains() {
    answer("cat", 1, Outcome.UNKNOWN, 80);
    answer("cat", 1, Outcome.KNOWN, 320);

    assertThat(check().violations())
        .singleElement()
        .asString()
        .startsWith("version 1: 0.2000 of 400 known images");
  }

  @Test
  void shouldJudgeEachVersionByItself() {
    given.version(2, "cat", "dog");
    answer("cat", 1, Outcome.KNOWN, 2000);
    answer("cat", 2, Outcome.UNKNOWN, 80);
    answer("cat", 2, Outcome.KNOWN, 320);

    assertThat(check().violations()).singleElement().asString().startsWith("version 2:");
  }

  @Test
  void shouldNotCountUnknownsAndWhatCannotBeDecoded() {
    answer("owl", 1, Outcome.UNKNOWN, 400);
    answer("", 1, Outcome.UNDECODABLE, 400);

    assertThat(check().state()).isEqualTo(Finding.State.NOT_TRIED);
  }

  private void answer(String truth, int version, Outcome outcome, int times) {
    for (int i = 0; i < times; i++) {
      given.answer(given.image("door", given.images.size(), truth), version, outcome);
    }
  }

  private Finding check() {
    return new CalibratedAlarms().check(given.evidence());
  }
}
