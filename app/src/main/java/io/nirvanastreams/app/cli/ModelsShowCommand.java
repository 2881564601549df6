package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Decisions;
import io.nirvanastreams.app.clients.Evaluations;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.Comparison;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Provenance;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one model version. */
@Command(
    name = "show",
    description = "Show a model version: classes, measures, provenance, what it did in shadow.")
public final class ModelsShowCommand implements Callable<Integer> {
  private static final double SHOWN = 5e-5;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version of the model.")
  private int version;

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    ModelCatalogue catalogue = Models.catalogue(access);
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
    Decisions.latest(catalogue.promotions(), name, version, ModelRole.SHADOW)
        .ifPresent(shadow -> shadow(out, access, shadow));
    return 0;
  }

  private void shadow(PrintWriter out, ClusterAccess access, Promotion shadow) {
    out.printf("shadow       %s since %s%n", Decisions.scope(shadow), shadow.getEffectiveFrom());
    Evaluations.read(access, name, version, shadow.getEffectiveFrom())
        .forEach((live, found) -> compare(out, live, Comparison.of(found)));
  }

  private static void compare(PrintWriter out, int live, Comparison seen) {
    out.println("  beside version " + live);
    line(out, "images", "%d, dropped %d", seen.images(), seen.dropped());
    if (seen.failed() > 0) {
      line(out, "failed on", "%d", seen.failed());
    }
    line(out, "agreement", "%.4f", seen.agreement());
    line(out, "other label", "%d", seen.otherLabel());
    line(out, "only live", "%d known", seen.onlyLiveKnown());
    line(out, "only this", "%d known", seen.onlyCandidateKnown());
    line(
        out,
        "unknown rate",
        "%.4f, live %.4f",
        seen.candidateUnknownRate(),
        seen.liveUnknownRate());
    line(out, "distance", "%+.4f on average", unsignedZero(seen.distanceDrift()));
    line(
        out,
        "forward",
        "%.0f us an image, live %.0f: %.2f times",
        seen.candidateMicros(),
        seen.liveMicros(),
        seen.latencyRatio());
    if (seen.labelled() > 0) {
      line(
          out,
          "accuracy",
          "%.4f, live %.4f on %d labels",
          seen.candidateAccuracy(),
          seen.liveAccuracy(),
          seen.labelled());
    }
  }

  /** What four digits do not show has no sign either. */
  private static double unsignedZero(double drift) {
    return Math.abs(drift) < SHOWN ? 0 : drift;
  }

  private static void line(PrintWriter out, String title, String format, Object... values) {
    out.printf("    %-13s%s%n", title, String.format(Locale.ROOT, format, values));
  }

  private static void print(PrintWriter out, String title, Map<String, ?> values) {
    out.println(title);
    new TreeMap<>(values).forEach((key, value) -> out.println("  " + key + " = " + value));
  }
}
