package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.Provenance;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model version that is fit to be published. Immutable.
 *
 * @param artifact the model on disk
 * @param calibration for the artifact's classes, in vertex order
 * @param probe inputs with the features that this model gives
 * @param provenance what it was made from
 * @param measures evaluation measures by name
 * @param parent the version it was fine-tuned from, or null
 */
public record Publication(
    ModelArtifact artifact,
    OpenSetCalibration calibration,
    Probe probe,
    Provenance provenance,
    Map<String, Double> measures,
    ModelVersion parent) {

  /**
   * Checks that the parts belong together, and that every class of the parent keeps its vertex, bit
   * for bit (CentresNeverMove).
   *
   * @throws IllegalArgumentException when one does not
   */
  public Publication {
    measures = Map.copyOf(measures);
    List<String> classes = artifact.spec().classes();
    if (!calibration.labels().equals(classes)) {
      throw new IllegalArgumentException(
          "the calibration is for " + calibration.labels() + ", the model for " + classes);
    }
    if (parent != null) {
      check(artifact, parent);
    }
  }

  /** The same with one more measure. */
  public Publication withMeasure(String name, double value) {
    Map<String, Double> more = new HashMap<>(measures);
    more.put(name, value);
    return new Publication(artifact, calibration, probe, provenance, more, parent);
  }

  private static void check(ModelArtifact artifact, ModelVersion parent) {
    if (!artifact.spec().name().equals(parent.spec().name())
        || artifact.spec().version() <= parent.spec().version()) {
      throw new IllegalArgumentException(
          "%s version %d does not follow %s version %d"
              .formatted(
                  artifact.spec().name(),
                  artifact.spec().version(),
                  parent.spec().name(),
                  parent.spec().version()));
    }
    List<String> before = parent.spec().classes();
    List<String> after = artifact.spec().classes();
    if (after.size() < before.size() || !after.subList(0, before.size()).equals(before)) {
      throw new IllegalArgumentException(
          "classes may only be appended: they were " + before + ", they would be " + after);
    }
    float[][] centres = artifact.spec().centres();
    for (int index = 0; index < before.size(); index++) {
      if (!Arrays.equals(centres[index], parent.centres()[index])) {
        throw new IllegalArgumentException(
            "the centre of class '" + before.get(index) + "' would move");
      }
    }
  }
}
