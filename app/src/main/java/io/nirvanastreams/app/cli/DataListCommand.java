package io.nirvanastreams.app.cli;

import io.nirvanastreams.trainer.fetch.DataCatalogue;
import io.nirvanastreams.trainer.fetch.DataSet;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the data sets that can be fetched. */
@Command(name = "list", description = "List the data sets that can be fetched, and their terms.")
public final class DataListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Table table = new Table("NAME", "DOWNLOAD", "WHAT", "TERMS");
    for (DataSet set : DataCatalogue.all()) {
      String size = String.format(Locale.ROOT, "%.0f MB", set.bytes() / 1e6);
      table.row(set.name(), size, set.title(), set.terms());
    }
    table.print(spec.commandLine().getOut());
    return 0;
  }
}
