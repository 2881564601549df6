package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ModelManifest;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the model versions. */
@Command(name = "list", description = "List the model versions and which of them is live.")
public final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Override
  public Integer call() {
    ModelCatalogue catalogue = Models.catalogue(kafka.reachable());
    Table table = new Table("MODEL", "VERSION", "LIVE", "CLASSES", "ACCURACY", "CREATED");
    for (String name : catalogue.names()) {
      int live = Models.live(catalogue, name).map(version -> version.spec().version()).orElse(0);
      for (ModelVersion version : catalogue.versions(name)) {
        ModelManifest manifest = version.manifest();
        Double accuracy = manifest.getMeasures().get("accuracy");
        table.row(
            name,
            Integer.toString(manifest.getVersion()),
            manifest.getVersion() == live ? "live" : "-",
            Integer.toString(manifest.getClasses().size()),
            accuracy == null ? "-" : String.format(Locale.ROOT, "%.3f", accuracy),
            manifest.getCreatedAt().toString());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    table.print(out);
    catalogue
        .problems()
        .forEach((key, problem) -> out.println("not whole: " + key + ": " + problem));
    return 0;
  }
}
