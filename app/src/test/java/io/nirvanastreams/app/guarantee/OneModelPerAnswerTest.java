package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneModelPerAnswerTest {
  private final Given given = new Given();
  private final SentImage first = given.image("door", 0);
  private final SentImage second = given.image("door", 1);
  private final SentImage other = given.image("gate", 0);

  @BeforeEach
  void twoVersions() {
    given.version(1, "cat");
    given.version(2, "cat");
    given.promote(1, 0);
    given.promote(2, 100);
  }

  @Test
  void shouldHoldWhenVersionsChangeAtTheirTime() {
    given.answer(first, 1, 99);
    given.answer(second, 2, 100);
    given.answer(other, 1, 50);

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
    assertThat(check().figures()).startsWith("2 versions").contains("; 0 by the version before");
  }

  @Test
  void shouldFindAVersionThatWentBack() {
    given.answer(first, 2, 100);
    given.answer(second, 1, 101);

    assertThat(check().violations()).containsExactly("door-1 went back from version 2 to 1");
  }

  @Test
  void shouldAllowAVersionThatWasMadeLiveAgain() {
    given.promote(1, 200);
    given.answer(other, 1, 90);
    given.answer(first, 2, 150);
    given.answer(second, 1, 200);

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
  }

  @Test
  void shouldFindAVersionThatWentBackBeforeItWasMadeLiveAgain() {
    given.promote(1, 200);
    given.answer(first, 2, 150);
    given.answer(second, 1, 160);

    assertThat(check().violations()).containsExactly("door-1 went back from version 2 to 1");
  }

  @Test
  void shouldLetACanaryAnswerItsSources() {
    given.version(3, "cat");
    given.promotions.add(
        Promotion.newBuilder()
            .setName("m")
            .setVersion(3)
            .setRole(ModelRole.CANARY)
            .setEffectiveFrom(Instant.ofEpochMilli(120))
            .setSources(List.of("door"))
            .build());
    given.answer(first, 3, 130);
    given.answer(other, 3, 130);

    assertThat(check().violations())
        .containsExactly("gate-0 was answered by version 3, which was never live");
  }

  @Test
  void shouldGoByNumbersWherePromotionsAreNotKnown() {
    given.promotions.clear();
    given.answer(first, 2, 0);
    given.answer(second, 1, 0);

    assertThat(check().violations()).containsExactly("door-1 went back from version 2 to 1");
  }

  @Test
  void shouldFindAVersionAheadOfItsTime() {
    given.answer(first, 2, 60);

    assertThat(check().violations())
        .containsExactly("door-0 was answered by version 2, 40 ms before that was live");
  }

  @Test
  void shouldLetTheFirstVersionAnswerWhatIsOlder() {
    given.promotions.clear();
    given.promote(1, 50);
    given.answer(first, 1, 10);

    assertThat(check().violations()).isEmpty();
  }

  @Test
  void shouldCountAnswersByTheVersionBefore() {
    given.answer(first, 1, 130);

    assertThat(check().violations()).isEmpty();
    assertThat(check().figures()).contains("; 1 by the version before");
  }

  @Test
  void shouldFindWeightsOfAnotherVersion() {
    given.answer(first, 1, 10).setWeightsSha256("weights-2");

    assertThat(check().violations())
        .containsExactly("door-0 was answered with weights that version 1 does not have");
  }

  @Test
  void shouldFindTwoCalibrationsUnderOneVersion() {
    given.answer(first, 1, 10);
    given.answer(second, 1, 11).setThresholdVersion("u");

    assertThat(check().violations())
        .containsExactly("version 1 answered with two models or calibrations: weights-1/u");
  }

  private Finding check() {
    return new OneModelPerAnswer().check(given.evidence());
  }
}
