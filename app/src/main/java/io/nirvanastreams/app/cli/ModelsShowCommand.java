package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Provenance;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one model version. */
@Command(name = "show", description = "Show a model version: classes, measures, provenance.")
public final class ModelsShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version of the model.")
  private int version;

  @Override
  public Integer call() {
    ModelCatalogue catalogue = Models.catalogue(kafka.reachable());
    ModelVersion found = Models.version(catalogue, name, version);
    ModelManifest manifest = found.manifest();
    PrintWriter out = spec.commandLine().getOut();
    out.println("model        " + name + "/" + version);
    out.println("architecture " + manifest.getArchitecture());
    out.println("input        " + found.spec().input());
    out.println("classes      " + String.join(", ", found.spec().classes()));
    out.println("D, E         " + manifest.getDimension() + ", " + manifest.getExpand());
    out.println("weights      " + manifest.getWeightsUri());
    out.println("sha256       " + manifest.getWeightsSha256());
    out.println("signature    " + (manifest.getSignature() == null ? "none" : "Ed25519"));
    out.println(
        "parent       " + (manifest.getParentVersion() == 0 ? "-" : manifest.getParentVersion()));
    out.println(
        "decision     "
            + found.calibration().method()
            + " on "
            + found.calibration().score()
            + ", alpha "
            + found.calibration().alpha());
    print(out, "measures", manifest.getMeasures());
    Provenance provenance = manifest.getProvenance();
    if (provenance != null) {
      out.println("data         " + provenance.getDataSha256());
      out.println("images       " + provenance.getTrainingImages());
      out.println("seed         " + provenance.getSeed());
      print(out, "recipe", provenance.getRecipe());
      print(out, "software", provenance.getSoftware());
    }
    return 0;
  }

  private static void print(PrintWriter out, String title, Map<String, ?> values) {
    out.println(title);
    new TreeMap<>(values).forEach((key, value) -> out.println("  " + key + " = " + value));
  }
}
