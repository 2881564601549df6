package io.nirvanastreams.processor.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.TestTopology;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConsensusOnStreamTest {
  private static final int[] PIXELS = {
    Samples.BALL, Samples.BALL, Samples.UNKNOWN, Samples.BALL, Samples.UNKNOWN, Samples.UNKNOWN
  };

  @TempDir private Path folder;

  @Test
  void shouldSayWhatEnoughOfTheLastFramesSayBesideTheAnswerOfEach() {
    try (TestTopology topology = open(Map.of())) {
      List<Recognition> answers = run(topology);

      assertThat(answers)
          .extracting(Recognition::getOutcome)
          .containsExactly(
              Outcome.KNOWN,
              Outcome.KNOWN,
              Outcome.UNKNOWN,
              Outcome.KNOWN,
              Outcome.UNKNOWN,
              Outcome.UNKNOWN);
      assertThat(answers)
          .extracting(Recognition::getConsensusOutcome)
          .containsExactly(
              Outcome.UNSPECIFIED,
              Outcome.KNOWN,
              Outcome.KNOWN,
              Outcome.KNOWN,
              Outcome.UNKNOWN,
              Outcome.UNKNOWN);
      assertThat(answers.get(2).getConsensusLabel()).isEqualTo("ball");
      assertThat(answers.get(2).getConsensusVotes()).isEqualTo(2);
      assertThat(answers.get(2).getConsensusFrames()).isEqualTo(3);
      assertThat(answers.get(5).getConsensusLabel()).isNull();
      assertThat(topology.read(topology.topics.novelties(), Novelty.class)).hasSize(3);
    }
  }

  @Test
  void shouldSayTheSameInARepeatedRun() {
    List<List<Recognition>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (TestTopology topology = open(Map.of())) {
        runs.add(run(topology));
      }
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1));
  }

  @Test
  void shouldGroupOnlyUnknownsOfAnUnknownTrackWhereToldSo() {
    try (TestTopology topology = open(Map.of("consensus.gates.novelties", "true"))) {
      run(topology);

      assertThat(topology.read(topology.topics.novelties(), Novelty.class))
          .extracting(novelty -> novelty.value().getRecognition().getEventId())
          .containsExactly("e4", "e5");
      assertThat(topology.read(topology.topics.alerts(), Alert.class)).isEmpty();
    }
  }

  @Test
  void shouldForgetVotesThatAreTooOld() {
    try (TestTopology topology = open(Map.of("consensus.expiry.ms", "1000"))) {
      topology.answer("a", Samples.BALL, 1_000);
      topology.answer("b", Samples.BALL, 1_500);
      Recognition answer = topology.answer("c", Samples.UNKNOWN, 2_400);

      assertThat(answer.getConsensusFrames()).isEqualTo(2);
      assertThat(answer.getConsensusOutcome()).isEqualTo(Outcome.UNSPECIFIED);
    }
  }

  @Test
  void shouldKeepTracksApartByAnAttribute() {
    try (TestTopology topology = open(Map.of("consensus.track", "attribute:track-id"))) {
      for (int i = 0; i < 6; i++) {
        Recognition answer =
            topology.answer(
                tracked("e" + i, i % 2 == 0 ? Samples.BALL : Samples.CUBE, "t" + i % 2), i);
        assertThat(answer.getConsensusFrames()).isEqualTo(i / 2 + 1);
        assertThat(answer.getConsensusVotes()).isEqualTo(i / 2 + 1);
      }
    }
  }

  @Test
  void shouldKeepNoMoreTracksThanAllowed() {
    try (TestTopology topology =
        open(Map.of("consensus.track", "attribute:track-id", "consensus.maximum.tracks", "2"))) {
      topology.answer(tracked("a", Samples.BALL, "t1"), 1);
      topology.answer(tracked("b", Samples.BALL, "t2"), 2);
      topology.answer(tracked("c", Samples.BALL, "t1"), 3);
      topology.answer(tracked("d", Samples.BALL, "t3"), 4);

      assertThat(topology.answer(tracked("e", Samples.BALL, "t1"), 5).getConsensusFrames())
          .isEqualTo(3);
      assertThat(topology.answer(tracked("f", Samples.BALL, "t2"), 6).getConsensusFrames())
          .isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseSettingsByWhichTwoAnswersCouldWin() {
    assertThatThrownBy(() -> open(Map.of("consensus.frames", "4", "consensus.votes", "2")))
        .hasMessageContaining("more than half");
    assertThatThrownBy(() -> open(Map.of("consensus.track", "camera")))
        .hasMessageContaining("attribute:NAME");
  }

  private TestTopology open(Map<String, String> extra) {
    Map<String, String> values = new HashMap<>(Map.of("consensus.frames", "3"));
    values.putAll(extra);
    try {
      return new TestTopology(Files.createTempDirectory(folder, "run"), values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Recognition> run(TestTopology topology) {
    List<Recognition> answers = new ArrayList<>();
    for (int i = 0; i < PIXELS.length; i++) {
      answers.add(topology.answer("e" + i, PIXELS[i], 1_000 + i));
    }
    return answers;
  }

  private static ImageEvent tracked(String id, int pixel, String track) {
    ImageEvent event = Samples.event(id, pixel);
    event.setAttributes(Map.of("track-id", track));
    return event;
  }
}
