package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.processor.Declared;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A version that cannot answer leaves the old one in its place. */
class RefusedModelsTest extends ModelWorld {
  @Test
  void shouldKeepTheOldModelWhenTheNewOneIsRefused() {
    bad.add(2);
    declare(1, 1_000);
    declare(2, 2_000);

    assertThat(versionAt(3_000)).isEqualTo(1);
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.REFUSED);
    assertThat(events.get(1).getReason()).contains("broken on purpose");
    assertThat(models.refused()).containsOnlyKeys(2);
  }

  @Test
  void shouldRefuseAVersionWhoseCentresContradictItsManifest() {
    declare(1, 1_000);
    models.manifest(ModelKeys.version(Samples.MODEL, 2), Declared.manifest(2));
    for (ClassCentre centre : CentreRecords.toRecords(Samples.spec(2), Samples.centres())) {
      centre.setVertexIndex(1 - centre.getVertexIndex());
      models.centre(ModelKeys.centre(Samples.MODEL, 2, centre.getLabel()), centre);
    }
    calibrate(2, "t2");
    promote(2, ModelRole.LIVE, 2_000);

    assertThat(versionAt(3_000)).isEqualTo(1);
    assertThat(models.refused()).containsOnlyKeys(2);
  }

  @Test
  void shouldTryARefusedVersionAgainWhenItIsPublishedAgain() {
    bad.add(1);
    declare(1, 1_000);
    bad.clear();

    ModelManifest repaired = Declared.manifest(1);
    repaired.setWeightsSha256("another");
    models.manifest(ModelKeys.version(Samples.MODEL, 1), repaired);

    assertThat(versionAt(2_000)).isEqualTo(1);
  }

  @Test
  void shouldRefuseAVersionThatDoesNotBecomeWholeInTime() {
    models = models(Duration.ofMillis(50));
    declare(1, 1_000);
    promote(2, ModelRole.LIVE, 2_000);

    CompletableFuture<ServingModel> chosen = models.choose("door", 2_000);

    await().atMost(Duration.ofSeconds(20)).until(chosen::isDone);
    assertThat(chosen.join().spec().version()).isEqualTo(1);
    assertThat(models.refused().get(2)).contains("not complete");
  }
}
