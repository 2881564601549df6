package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.trainer.fetch.DataCatalogue;
import io.nirvanastreams.trainer.fetch.DataFetcher;
import io.nirvanastreams.trainer.fetch.DataSet;
import io.nirvanastreams.trainer.fetch.Origin;
import io.nirvanastreams.trainer.train.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches a data set. */
@Command(
    name = "fetch",
    description = {
      "Fetch a public data set, check it and unpack it.",
      "A fetch that broke off goes on where it stopped when it is started again."
    })
public final class DataFetchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "A name that 'nirvana data list' tells.")
  private String name;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "A folder NAME is made in it (default: ${DEFAULT-VALUE}).")
  private Path to;

  @Option(
      names = "--from",
      paramLabel = "FILE|DIR|URL",
      description =
          "Take the published files from here, where the official place cannot be reached.")
  private String from;

  @Override
  public Integer call() throws IOException {
    DataSet set;
    Origin origin;
    try {
      set = DataCatalogue.byName(name);
      origin = from == null ? new Origin.Official() : Origin.parse(from, set);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(set.title());
    out.println("Terms: " + set.terms());
    PrintWriter err = spec.commandLine().getErr();
    Path folder =
        new DataFetcher(new DownloadBar(err, ProgressBar.isTerminal())).fetch(set, origin, to);
    out.println("It is in " + folder + "; use it with: nirvana train --data " + folder);
    return 0;
  }
}
