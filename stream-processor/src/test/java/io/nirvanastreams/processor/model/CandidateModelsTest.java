package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelRole;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Versions that are prepared, or tried beside the live one. */
class CandidateModelsTest extends ModelWorld {
  @Test
  void shouldLoadAPreparedVersionThatAnswersNothingUntilItIsLive() {
    declare(1, 1_000);
    publish(2);
    prepare(2, Instant.now());

    assertThat(models.loadedVersions()).containsExactly(1, 2);
    assertThat(versionAt(Long.MAX_VALUE)).isEqualTo(1);
    models.used(models.choose("door", 1_000).join(), 0);
    assertThat(models.loadedVersions()).as("not closed as an old one").containsExactly(1, 2);

    promote(2, ModelRole.LIVE, 2_000);
    models.promotion(ModelKeys.version(Samples.MODEL, 2) + "/prepared", null);

    assertThat(versionAt(2_000)).isEqualTo(2);
    assertThat(loads).containsExactly(1, 2);
  }

  @Test
  void shouldGiveBackAVersionThatWasPreparedInVain() {
    declare(1, 1_000);
    publish(2);
    prepare(2, Instant.now());

    models.promotion(ModelKeys.version(Samples.MODEL, 2) + "/prepared", null);

    assertThat(models.loadedVersions()).containsExactly(1);
    assertThat(networks.get(2).closed).isTrue();
  }

  @Test
  void shouldNotLoadWhatWasPreparedLongAgo() {
    publish(2);
    prepare(2, Instant.now().minus(Duration.ofHours(2)));

    assertThat(loads).isEmpty();
  }

  @Test
  void shouldSayWhyAPreparedVersionIsRefused() {
    bad.add(2);
    declare(1, 1_000);
    publish(2);
    prepare(2, Instant.now());

    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.REFUSED);
    assertThat(models.refused().get(2)).contains("broken on purpose");
    assertThat(versionAt(3_000)).isEqualTo(1);
  }

  @Test
  void shouldAnswerTheSourcesOfACanaryByItWhileItLasts() {
    declare(1, 1_000);
    publish(2);
    decide(2, ModelRole.CANARY, 2_000, 0, "gate");
    decide(2, ModelRole.RETIRED, 3_000);

    assertThat(versionAt("gate", 1_999)).isEqualTo(1);
    assertThat(versionAt("gate", 2_000)).isEqualTo(2);
    assertThat(versionAt("door", 2_000)).isEqualTo(1);
    assertThat(versionAt("gate", 3_000)).isEqualTo(1);
    models.tidy();
    assertThat(networks.get(2).closed).as("its time is over").isTrue();
    assertThat(versionAt("gate", 2_500)).as("a late image").isEqualTo(2);
  }

  @Test
  void shouldGoOnWithTheLiveVersionWhereTheCanaryIsRefused() {
    bad.add(2);
    declare(1, 1_000);
    publish(2);
    decide(2, ModelRole.CANARY, 2_000, 1);

    assertThat(versionAt("gate", 2_000)).isEqualTo(1);
    assertThat(models.refused()).containsKey(2);
  }

  @Test
  void shouldLoadAShadowThatAnswersNothing() {
    declare(1, 1_000);
    publish(2);
    decide(2, ModelRole.SHADOW, 2_000, 1);

    assertThat(versionAt(2_000)).isEqualTo(1);
    assertThat(models.shadow("e", 1_999)).isNull();
    ServingModel shadow = models.shadow("e", 2_000);
    assertThat(shadow.spec().version()).isEqualTo(2);

    decide(2, ModelRole.RETIRED, 2_500);

    assertThat(models.shadow("e", 2_500)).isNull();
    assertThat(networks.get(2).closed).as("still leased").isFalse();
    shadow.release();
    assertThat(networks.get(2).closed).isTrue();
  }
}
