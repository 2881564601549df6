package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a version answer some sources. */
@Command(
    name = "canary",
    description = {
      "Have a version answer the images of some sources, until it is promoted or ended.",
      "Given again it takes the place of what was given before."
    })
public final class ModelsCanaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CandidateOptions candidate;

  @Option(
      names = "--sources",
      paramLabel = "ID",
      split = ",",
      description = "Ids of the sources, with commas between them.")
  private List<String> sources = List.of();

  @Option(
      names = "--share",
      paramLabel = "0..1",
      description = "Share of all sources, by a hash of their ids: always the same ones.")
  private double share;

  @Override
  public Integer call() {
    if (sources.isEmpty() && !(share > 0)) {
      throw new UsageException("say which sources: --sources ID,ID or --share 0.1");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new UsageException("--share must lie between 0 and 1, was " + share);
    }
    candidate.decide(
        spec,
        "answers",
        promotions ->
            promotions.canary(
                candidate.name(),
                candidate.version(),
                sources,
                share,
                candidate.reason(),
                candidate.author()));
    return 0;
  }
}
