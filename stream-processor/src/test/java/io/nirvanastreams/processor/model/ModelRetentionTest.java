package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.Declared;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** What is closed and forgotten of old versions, and had again. */
class ModelRetentionTest extends ModelWorld {
  @Test
  void shouldTellOfTheFirstUseOnlyAndCloseWhatIsOlderThanThePrevious() {
    declare(1, 1_000);
    declare(2, 2_000);
    declare(3, 3_000);
    events.clear();

    for (int version = 1; version <= 3; version++) {
      ServingModel model = models.choose("door", version * 1_000L).join();
      models.used(model, 1.5);
      models.used(model, 0.5);
      model.release();
    }

    assertThat(kinds())
        .containsExactly(
            ModelEventKind.ACTIVATED, ModelEventKind.ACTIVATED, ModelEventKind.ACTIVATED);
    assertThat(events.get(0).getDurationMillis()).isEqualTo(1.5);
    assertThat(models.loadedVersions()).containsExactly(2, 3);
    assertThat(networks.get(1).closed).isTrue();
    assertThat(networks.get(2).closed).isFalse();
  }

  @Test
  void shouldKeepAClosedModelOpenWhileAnImageIsInWorkAndLoadItAgainForALateOne() {
    declare(1, 1_000);
    declare(2, 2_000);
    declare(3, 3_000);
    ServingModel leased = models.choose("door", 1_000).join();
    FakeNetwork firstNetwork = networks.get(1);

    models.used(models.choose("door", 3_000).join(), 0);

    assertThat(firstNetwork.closed).isFalse();
    leased.release();
    assertThat(firstNetwork.closed).isTrue();
    assertThat(versionAt(1_500)).isEqualTo(1);
    assertThat(loads).containsExactly(1, 2, 3, 1);
  }

  @Test
  void shouldCloseNetworksBesideTheThreadThatGivesTheLastLeaseBack() {
    Deque<Runnable> loader = new ArrayDeque<>();
    models = models(Duration.ofSeconds(20), loader::add);
    for (int version = 1; version <= 3; version++) {
      declare(version, version * 1_000L);
      run(loader);
    }

    models.used(models.choose("door", 3_000).join(), 0);

    assertThat(networks.get(1).closed).as("the device's thread goes on").isFalse();
    run(loader);
    assertThat(networks.get(1).closed).isTrue();
  }

  @Test
  void shouldForgetTheRecordsOfOldVersionsAndRecallThemForALateImage() {
    retention = new Retention(3, 2, this::recall);
    models = models(Duration.ofSeconds(20));
    for (int version = 1; version <= 40; version++) {
      declare(version, version * 1_000L);
      models.used(models.choose("door", version * 1_000L).join(), 0);
    }

    assertThat(models.keptVersions()).containsExactlyInAnyOrder(38, 39, 40);
    assertThat(recalled).isEmpty();

    assertThat(versionAt(7_500)).isEqualTo(7);
    assertThat(recalled).containsExactly(7);
    assertThat(models.refused()).isEmpty();
  }

  @Test
  void shouldFindTheLiveVersionThoughTheTopicsToldOfManyAfterIt() {
    retention = new Retention(3, 2, this::recall);
    models = models(Duration.ofSeconds(20));
    for (int version = 1; version <= 40; version++) {
      publish(version);
    }
    assertThat(models.keptVersions()).hasSize(3);

    promote(2, ModelRole.LIVE, 1_000);

    assertThat(versionAt(1_000)).isEqualTo(2);
    assertThat(models.keptVersions()).containsExactlyInAnyOrder(2, 38, 39, 40);
  }

  @Test
  void shouldCompareWithAVersionWhoseRecordsAreForgotten() {
    retention = new Retention(1, 1, this::recall);
    models = models(Duration.ofSeconds(20));
    declare(1, 1_000);
    declare(3, 3_000);
    declare(4, 4_000);
    models.used(models.choose("door", 4_000).join(), 0);
    assertThat(models.keptVersions()).doesNotContain(1);
    promote(2, ModelRole.LIVE, 5_000);
    ModelManifest other = Declared.manifest(2);
    other.setExpand(7.0);

    models.manifest(ModelKeys.version(Samples.MODEL, 2), other);
    centres(2);
    calibrate(2, "t2");

    assertThat(models.refused().get(2)).contains("version 1 before it has the dimension 2");
  }

  private static void run(Deque<Runnable> loader) {
    while (!loader.isEmpty()) {
      loader.remove().run();
    }
  }
}
