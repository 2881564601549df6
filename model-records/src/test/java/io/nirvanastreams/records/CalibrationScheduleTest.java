package io.nirvanastreams.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.schemas.Calibration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationScheduleTest {
  private static final List<String> CLASSES = List.of("shirt", "bag");

  @Test
  void shouldDecideByRecordTimeWhateverTheOrderOfTheRecords() {
    CalibrationSchedule schedule =
        CalibrationSchedule.of(
            List.of(record(0.3, 20, 1), record(0.1, 0, 0), record(0.2, 10, 2)), CLASSES);

    assertThat(schedule.at(9).alpha()).isEqualTo(0.1);
    assertThat(schedule.at(10).alpha()).isEqualTo(0.2);
    assertThat(schedule.at(Long.MAX_VALUE).alpha()).isEqualTo(0.3);
    assertThat(schedule.at(-1).alpha()).as("before all").isEqualTo(0.1);
    assertThat(schedule.newest().alpha()).isEqualTo(0.3);
  }

  @Test
  void shouldTakeTheOneMadeLastOfTwoForTheSameTime() {
    CalibrationSchedule schedule =
        CalibrationSchedule.of(List.of(record(0.2, 0, 2), record(0.1, 0, 1)), CLASSES);

    assertThat(schedule.at(0).alpha()).isEqualTo(0.2);
  }

  @Test
  void shouldLeaveOutWhatDoesNotFitUnlessNothingElseIsThere() {
    Calibration other = CalibrationRecords.toRecord("m", 1, Samples.calibration("hat"), at(3));

    assertThat(CalibrationSchedule.of(List.of(record(0.1, 0, 0), other), CLASSES).byTime())
        .hasSize(1);
    assertThatThrownBy(() -> CalibrationSchedule.of(List.of(other), CLASSES))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("for the classes [hat], the model has [shirt, bag]");
    assertThatThrownBy(() -> CalibrationSchedule.of(List.of(), CLASSES))
        .isInstanceOf(BadRecordException.class);
  }

  @Test
  void shouldKeepThePlaceOfTheFirstWhenAnotherFollows() {
    Calibration first = record(0.1, 0, 0);
    Calibration next = record(0.2, 10, 1);
    next.setVersion("c1-r1");
    next.setParent(first.getVersion());

    assertThat(ModelKeys.calibration(first)).isEqualTo("m/1");
    assertThat(ModelKeys.calibration(next)).isEqualTo("m/1/c1-r1");
  }

  private static Calibration record(double alpha, long from, long createdAt) {
    OpenSetCalibration like = Samples.calibration("shirt", "bag");
    Calibration record =
        CalibrationRecords.toRecord(
            "m",
            1,
            new OpenSetCalibration(
                like.version(),
                alpha,
                like.method(),
                like.score(),
                like.scoreParameters(),
                like.classes()),
            at(createdAt));
    record.setEffectiveFrom(at(from));
    return record;
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
