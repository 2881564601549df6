package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a version look at images beside the live one. */
@Command(
    name = "shadow",
    description = {
      "Have a version look at a share of the images beside the live one, and answer none.",
      "'nirvana models show' prints what it would have answered; ended by 'promote' or 'end'."
    })
public final class ModelsShadowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CandidateOptions candidate;

  @Option(
      names = "--share",
      paramLabel = "0..1",
      defaultValue = "0.2",
      description = "Share of the images (default: ${DEFAULT-VALUE}).")
  private double share;

  @Override
  public Integer call() {
    if (!(share > 0 && share <= 1)) {
      throw new UsageException("--share must lie above 0 and at most at 1, was " + share);
    }
    candidate.decide(
        spec,
        "looks at",
        promotions ->
            promotions.shadow(
                candidate.name(),
                candidate.version(),
                share,
                candidate.reason(),
                candidate.author()));
    return 0;
  }
}
