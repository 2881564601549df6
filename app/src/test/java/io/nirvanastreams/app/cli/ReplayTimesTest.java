package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.config.UsageException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayTimesTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  @Test
  void shouldReadMomentsAsPeopleWriteThem() {
    assertThat(parse("90m")).isEqualTo("2026-01-31T08:30:00Z");
    assertThat(parse("2d")).isEqualTo("2026-01-29T10:00:00Z");
    assertThat(parse("2026-01-30")).isEqualTo("2026-01-30T00:00:00Z");
    assertThat(parse("2026-01-30T01:00")).isEqualTo("2026-01-30T01:00:00Z");
    assertThat(parse("2026-01-30T01:00:00+02:00")).isEqualTo("2026-01-29T23:00:00Z");
    assertThat(parse("2026-01-30T01:00:00.5Z")).isEqualTo("2026-01-30T01:00:00.500Z");
  }

  @Test
  void shouldRefuseWhatIsNoMoment() {
    assertThatThrownBy(() -> parse("yesterday"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--from 'yesterday' is no time");
  }

  @Test
  void shouldExitWithTwoWhenCalledWrongly() {
    assertThat(Cli.run("replay", "--from=soon").exitCode()).isEqualTo(2);
    assertThat(Cli.run("replay", "--from=1h", "--to=2h").err()).contains("is not before");
    assertThat(Cli.run("replay", "--no-output", "--output-topic=t").exitCode()).isEqualTo(2);
    assertThat(Cli.run("replay", "--setting=batch.max=0").exitCode()).isEqualTo(2);
  }

  private static Instant parse(String text) {
    return ReplayTimes.parse("--from", text, NOW);
  }
}
