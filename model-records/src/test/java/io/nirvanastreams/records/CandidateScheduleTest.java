package io.nirvanastreams.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateScheduleTest {
  private final List<Promotion> decisions = new ArrayList<>();

  @Test
  void shouldTakeTheSourcesNamedFromItsTimeOn() {
    decide(2, ModelRole.CANARY, 100).setSources(List.of("door"));

    assertThat(at("door", 99)).isZero();
    assertThat(at("door", 100)).isEqualTo(2);
    assertThat(at("gate", 100)).isZero();
  }

  @Test
  void shouldEndWhenItIsRetiredMadeLiveOrDecidedAnew() {
    decide(2, ModelRole.CANARY, 100).setShare(1);
    decide(2, ModelRole.CANARY, 200).setSources(List.of("gate"));
    decide(2, ModelRole.RETIRED, 300);
    decide(3, ModelRole.CANARY, 400).setShare(1);
    decide(3, ModelRole.LIVE, 500);
    decide(1, ModelRole.LIVE, 450);

    assertThat(at("door", 150)).isEqualTo(2);
    assertThat(at("door", 250)).isZero();
    assertThat(at("gate", 250)).isEqualTo(2);
    assertThat(at("gate", 350)).isZero();
    assertThat(at("door", 460)).as("another version became live").isEqualTo(3);
    assertThat(at("door", 500)).isZero();
  }

  @Test
  void shouldPassOverACandidateThatIsRefused() {
    decide(2, ModelRole.CANARY, 100).setShare(1);
    decide(3, ModelRole.CANARY, 200).setShare(1);

    assertThat(schedule().at("door", 300, version -> version != 3)).hasValue(2);
  }

  @Test
  void shouldKeepRolesAndModelsApart() {
    decide(2, ModelRole.SHADOW, 100).setShare(1);
    decide(2, ModelRole.CANARY, 100).setName("other");

    assertThat(at("door", 300)).isZero();
  }

  @Test
  void shouldTakeAboutTheShareAndAllOfASmallerOne() {
    List<String> ids = IntStream.range(0, 10_000).mapToObj(i -> "camera-" + i).toList();
    List<String> tenth = ids.stream().filter(id -> Sampling.takes(id, "2", 0.1)).toList();
    List<String> fifth = ids.stream().filter(id -> Sampling.takes(id, "2", 0.2)).toList();

    assertThat(tenth).hasSizeBetween(900, 1_100);
    assertThat(fifth).hasSizeBetween(1_850, 2_150).containsAll(tenth);
    assertThat(ids).allMatch(id -> Sampling.takes(id, "2", 1));
    assertThat(ids).noneMatch(id -> Sampling.takes(id, "2", 0));
    assertThat(ids.stream().filter(id -> Sampling.takes(id, "3", 0.1)).toList())
        .isNotEqualTo(tenth);
  }

  @Test
  void shouldTakeTheSameForEver() {
    // A replay in years must take the same: the hash must not change.
    assertThat(IntStream.range(0, 20).filter(i -> Sampling.takes("door-" + i, "2", 0.3)).boxed())
        .containsExactly(1, 15, 17);
  }

  private Promotion decide(int version, ModelRole role, long from) {
    Promotion decision =
        Promotion.newBuilder()
            .setName("m")
            .setVersion(version)
            .setRole(role)
            .setEffectiveFrom(Instant.ofEpochMilli(from))
            .setDecidedAt(Instant.ofEpochMilli(from - 2))
            .build();
    decisions.add(decision);
    return decision;
  }

  private CandidateSchedule schedule() {
    return CandidateSchedule.of(ModelRole.CANARY, "m", decisions);
  }

  private int at(String source, long time) {
    return schedule().at(source, time, version -> true).orElse(0);
  }
}
