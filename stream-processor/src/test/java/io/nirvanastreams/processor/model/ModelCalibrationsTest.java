package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelEventKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which calibration of a version decides. */
class ModelCalibrationsTest extends ModelWorld {
  @Test
  void shouldDecideWithANewCalibrationFromThenOn() {
    declare(1, 1_000);
    ServingModel model = models.choose("door", 1_000).join();

    calibrate(1, "t1b");

    assertThat(model.servedBy().at(1_000).thresholdVersion()).isEqualTo("t1b");
    assertThat(loads).containsExactly(1);
  }

  @Test
  void shouldDecideWithTheCalibrationOfTheRecordTime() {
    declare(1, 1_000);
    ServingModel model = models.choose("door", 1_000).join();
    var later =
        CalibrationRecords.toRecord(Samples.MODEL, 1, Samples.calibration("t1-r1"), Instant.EPOCH);
    later.setParent("t1");
    later.setEffectiveFrom(Instant.ofEpochMilli(5_000));

    models.calibration(ModelKeys.calibration(later), later);

    assertThat(model.servedBy().at(4_999).thresholdVersion()).isEqualTo("t1");
    assertThat(model.servedBy().at(5_000).thresholdVersion()).isEqualTo("t1-r1");
    assertThat(model.servedBy().at(0).thresholdVersion()).isEqualTo("t1");
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.RECALIBRATED);
  }

  @Test
  void shouldKeepTheCalibrationWhenTheNewOneDoesNotFit() {
    declare(1, 1_000);
    var wrong =
        CalibrationRecords.toRecord(Samples.MODEL, 1, Samples.calibration("wrong"), Instant.EPOCH);
    wrong.getClasses().get(0).setLabel("other");

    models.calibration(ModelKeys.version(Samples.MODEL, 1), wrong);

    assertThat(models.choose("door", 1_000).join().servedBy().at(1_000).thresholdVersion())
        .isEqualTo("t1");
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.REFUSED);
  }

  @Test
  void shouldKeepTheNewestCalibrationsOfAVersion() {
    retention = new Retention(3, 2, this::recall);
    models = models(Duration.ofSeconds(20));
    declare(1, 1_000);
    for (int number = 1; number <= 5; number++) {
      var next =
          CalibrationRecords.toRecord(
              Samples.MODEL, 1, Samples.calibration("t1-r" + number), Instant.EPOCH);
      next.setParent("t1");
      next.setEffectiveFrom(Instant.ofEpochMilli(number * 1_000L));
      models.calibration(ModelKeys.calibration(next), next);
    }

    ServedBy servedBy = models.choose("door", 9_000).join().servedBy();

    assertThat(servedBy.at(9_000).thresholdVersion()).isEqualTo("t1-r5");
    assertThat(servedBy.at(4_500).thresholdVersion()).isEqualTo("t1-r4");
    assertThat(servedBy.at(0).thresholdVersion()).as("the oldest that is kept").isEqualTo("t1-r4");
  }
}
