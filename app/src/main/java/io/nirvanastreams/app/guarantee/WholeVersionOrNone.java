package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.schemas.ModelManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A publisher that is killed anywhere leaves no half version: whoever sees a manifest has its
 * centres and calibration too, and nothing answers without a manifest. Stateless.
 */
public final class WholeVersionOrNone implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    ModelHistory models = evidence.models();
    List<String> violations = new ArrayList<>(models.halves());
    Set<Integer> whole = new HashSet<>();
    for (ModelManifest manifest : models.manifests()) {
      List<String> missing = missing(manifest, models);
      if (missing.isEmpty()) {
        whole.add(manifest.getVersion());
      } else {
        violations.add("version " + manifest.getVersion() + " lacks " + missing);
      }
    }
    evidence.answers().stream()
        .map(SeenAnswer::version)
        .distinct()
        .filter(version -> models.manifest(version).isEmpty())
        .forEach(version -> violations.add("version " + version + " answers without a manifest"));
    long none = models.interrupted().stream().filter(version -> !whole.contains(version)).count();
    String figures =
        String.format(
            Locale.ROOT,
            "%d whole versions; %d publishers killed: %d left no version, %d a whole one",
            whole.size(),
            models.interrupted().size(),
            none,
            models.interrupted().size() - none);
    return Finding.of(this, !models.interrupted().isEmpty(), figures, violations);
  }

  private static List<String> missing(ModelManifest manifest, ModelHistory models) {
    List<String> missing = new ArrayList<>();
    for (String label : manifest.getClasses()) {
      if (models.centres().stream()
          .noneMatch(
              centre ->
                  centre.getModelVersion() == manifest.getVersion()
                      && centre.getLabel().equals(label))) {
        missing.add("the centre of " + label);
      }
    }
    if (models.calibrations().stream()
        .noneMatch(one -> one.getModelVersion() == manifest.getVersion())) {
      missing.add("the calibration");
    }
    return missing;
  }
}
