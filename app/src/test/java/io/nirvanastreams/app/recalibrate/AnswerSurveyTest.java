package io.nirvanastreams.app.recalibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.ConfirmedAnswer;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.calibration.Recalibration.Answers;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerSurveyTest {
  private static final List<String> CLASSES = List.of("ball", "cube");

  @Test
  void shouldCountAnswersOfTheVersionAndKeepThoseWithALabel() {
    AnswerSurvey survey = new AnswerSurvey(version(), Map.of("a", "cube", "b", "cone"));
    survey.see(answer("a", "ball", Outcome.UNKNOWN).build());
    survey.see(answer("b", "cube", Outcome.UNKNOWN).build());
    survey.see(answer("c", "cube", Outcome.KNOWN).build());
    survey.see(answer("d", "cube", Outcome.KNOWN).setModelVersion(2).build());
    survey.see(answer("e", "cube", Outcome.KNOWN).setScoreName("cosine").build());
    survey.see(answer("f", "cone", Outcome.KNOWN).build());
    survey.see(answer("g", "cube", Outcome.UNDECODABLE).build());

    assertThat(survey.answers()).containsExactly(new Answers(0, 1), new Answers(1, 1));
    assertThat(survey.confirmed())
        .containsExactly(
            new ConfirmedAnswer("a", 0, 2, true, 1), new ConfirmedAnswer("b", 1, 2, true, -1));
    assertThat(survey.rate().rate()).isEqualTo(0.5);
  }

  @Test
  void shouldMeasureTheCalibrationsOwnTargetAlone() {
    AnswerSurvey survey = new AnswerSurvey(version(), Map.of("a", "ball", "b", "ball"));
    survey.see(answer("a", "ball", Outcome.UNKNOWN).build());
    survey.see(answer("b", "ball", Outcome.UNKNOWN).setOverrideId("o1").build());
    survey.see(answer("b", "ball", Outcome.UNKNOWN).setThresholdVersion("t0").build());
    survey.see(answer("c", "ball", Outcome.KNOWN).build());

    assertThat(survey.rate().rate()).isEqualTo(0.5);
    assertThat(survey.rate().labelled()).isEqualTo(1);
    assertThat(survey.confirmed()).hasSize(3);
  }

  private static Recognition.Builder answer(String id, String nearest, Outcome outcome) {
    return Recognition.newBuilder()
        .setEventId(id)
        .setOutcome(outcome)
        .setScore(2)
        .setScoreName("raw")
        .setNearest(List.of(NearestClass.newBuilder().setLabel(nearest).build()))
        .setThresholdVersion("t1")
        .setModelName("toys")
        .setModelVersion(1);
  }

  private static ModelVersion version() {
    return new ModelVersion(
        null,
        new ModelSpec("toys", 1, "classifier32", Map.of(), new InputShape(1, 1, 1), CLASSES, 2, 6),
        new float[0][],
        new OpenSetCalibration(
            "t1",
            0.05,
            "conformal-class-conditional",
            "raw",
            Map.of(),
            CLASSES.stream()
                .map(label -> new ClassCalibration(label, new double[0], new float[0][]))
                .toList()));
  }
}
