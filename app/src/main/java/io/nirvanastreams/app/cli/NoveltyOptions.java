package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.replay.NoveltyCloser;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.replay.ReviewSettings;
import io.nirvanastreams.processor.replay.ReviewedGroup;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** The part of a replay that looks at open groups of unknowns. For use as a mixin. */
public final class NoveltyOptions {
  @Option(
      names = "--novelties",
      description =
          "Answer the images of the open groups of unknowns with the live version, or that of"
              + " --model, and close the groups that it knows.")
  private boolean novelties;

  @Option(
      names = "--known-share",
      paramLabel = "SHARE",
      defaultValue = "0.8",
      description =
          "Share of a group's images that must be KNOWN to close it (default: ${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--images-per-group",
      paramLabel = "N",
      defaultValue = "50",
      description = "Most images of a group to answer again (default: ${DEFAULT-VALUE}).")
  private int imagesPerGroup;

  boolean asked() {
    return novelties;
  }

  void run(ClusterAccess access, ProcessorSettings settings, Integer version, PrintWriter out)
      throws BadModelException {
    ReviewSettings review = review();
    ModelCatalogue catalogue = Models.catalogue(access);
    String name = settings.modelName();
    ModelVersion found =
        version == null
            ? Models.live(catalogue, name)
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "no version of model '" + name + "' is live; name one by --model"))
            : Models.version(catalogue, name, version);
    List<ReviewedGroup> groups = NoveltyCloser.review(access, settings, review, found);
    Table table = new Table("GROUP", "SIZE", "IMAGES", "KNOWN", "AS", "NOW");
    for (ReviewedGroup group : groups) {
      table.row(
          group.groupId(),
          Long.toString(group.size()),
          Integer.toString(group.images()),
          Integer.toString(group.knownImages()),
          group.label().isEmpty() ? "-" : group.label(),
          group.recognised(review) ? "closed" : "open");
    }
    table.print(out);
    out.printf(
        "%d of %d groups that nobody decided about are known by version %d and closed.%n",
        groups.stream().filter(group -> group.recognised(review)).count(),
        groups.size(),
        found.spec().version());
  }

  private ReviewSettings review() {
    ReviewSettings usual = ReviewSettings.DEFAULT;
    try {
      return new ReviewSettings(
          share,
          Math.min(usual.minimumImages(), imagesPerGroup),
          imagesPerGroup,
          usual.maximumGroups());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
