package io.nirvanastreams.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.cli.Cli;
import io.nirvanastreams.app.guarantee.Guarantee;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the trial, as a user runs it: three brokers and three processors in processes
 * of their own, each kind of fault once or a few times, all promises tried and held.
 */
class GuaranteeSuiteIT {
  @TempDir private Path directory;

  @Test
  void shouldHoldEveryPromiseUnderEveryFault() {
    Cli result =
        Cli.run(
            "verify-guarantees",
            "--minutes=0.4",
            "--images=800",
            "--kills=3",
            "--seed=" + Long.getLong("nirvana.trial.seed", 1),
            "--work-dir=" + directory.resolve("trial"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    for (Guarantee guarantee : Guarantee.all()) {
      assertThat(result.out()).containsPattern(guarantee.name() + " +held ");
    }
  }
}
