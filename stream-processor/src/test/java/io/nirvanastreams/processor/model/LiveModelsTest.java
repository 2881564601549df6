package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.Declared;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which version answers an image, by its record time. */
class LiveModelsTest extends ModelWorld {
  @Test
  void shouldChooseByRecordTime() {
    declare(1, 1_000);
    declare(2, 2_000);

    assertThat(versionAt(1_000)).isEqualTo(1);
    assertThat(versionAt(1_999)).isEqualTo(1);
    assertThat(versionAt(2_000)).isEqualTo(2);
    assertThat(versionAt(Long.MAX_VALUE)).isEqualTo(2);
  }

  @Test
  void shouldAnswerImagesOlderThanAllVersionsByTheFirst() {
    declare(1, 1_000);
    declare(2, 2_000);

    assertThat(versionAt(0)).isEqualTo(1);
  }

  @Test
  void shouldLoadAVersionBeforeItIsAskedAndTellOfIt() {
    declare(1, 1_000);

    assertThat(loads).containsExactly(1);
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED);
  }

  @Test
  void shouldNotLoadAVersionThatIsOnlyRetired() {
    publish(1);
    promote(1, ModelRole.RETIRED, 0);

    assertThat(loads).isEmpty();
    assertThat(models.choose("door", 0)).isNotDone();
  }

  @Test
  void shouldKeepWhenAVersionWasLiveBeforeItBecameLiveAgain() {
    publish(1);
    publish(2);
    decide(1, ModelRole.LIVE, 1_000);
    decide(2, ModelRole.LIVE, 2_000);
    decide(1, ModelRole.LIVE, 3_000);

    assertThat(versionAt(1_500)).isEqualTo(1);
    assertThat(versionAt(2_500)).isEqualTo(2);
    assertThat(versionAt(3_500)).isEqualTo(1);
    models.used(models.choose("door", 3_500).join(), 0);
    assertThat(models.loadedVersions()).containsExactly(1, 2);
  }

  @Test
  void shouldWaitForTheFirstModel() {
    CompletableFuture<ServingModel> waiting = models.choose("door", 5);
    assertThat(waiting).isNotDone();

    declare(1, 1_000);

    assertThat(waiting.join().spec().version()).isEqualTo(1);
  }

  @Test
  void shouldWaitUntilAPromotedVersionIsWhole() {
    promote(1, ModelRole.LIVE, 0);
    CompletableFuture<ServingModel> waiting = models.choose("door", 5);
    models.manifest(ModelKeys.version(Samples.MODEL, 1), Declared.manifest(1));
    calibrate(1, "t1");
    assertThat(waiting).isNotDone();

    centres(1);

    assertThat(waiting.join().spec().version()).isEqualTo(1);
  }

  @Test
  void shouldGoBackWhenAnOlderVersionIsPromotedAgain() {
    declare(1, 1_000);
    declare(2, 2_000);

    promote(1, ModelRole.LIVE, 3_000);

    assertThat(versionAt(2_500)).isEqualTo(2);
    assertThat(versionAt(3_000)).isEqualTo(1);
  }

  @Test
  void shouldLeaveOtherModelsAlone() {
    models.promotion(
        "others/1",
        Promotion.newBuilder().setName("others").setVersion(1).setRole(ModelRole.LIVE).build());

    assertThat(models.choose("door", 0)).isNotDone();
    assertThat(models.loadedVersions()).isEmpty();
  }
}
