package io.nirvanastreams.records;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.schemas.ModelManifest;
import java.util.Optional;

/** What a model is, to and from its manifest record. Stateless. */
public final class ManifestRecords {
  private ManifestRecords() {}

  /**
   * A manifest with all that the artifact says of itself; parent, provenance, measures, probe and
   * time are left to the caller.
   *
   * @param weightsUri where the blob store holds the model folder
   */
  public static ModelManifest.Builder of(ModelArtifact artifact, String weightsUri) {
    ModelSpec spec = artifact.spec();
    return ModelManifest.newBuilder()
        .setName(spec.name())
        .setVersion(spec.version())
        .setArchitecture(spec.architecture())
        .setArchitectureOptions(spec.options())
        .setInputChannels(spec.input().channels())
        .setInputHeight(spec.input().height())
        .setInputWidth(spec.input().width())
        .setClasses(spec.classes())
        .setDimension(spec.dimension())
        .setExpand(spec.expand())
        .setWeightsUri(weightsUri)
        .setWeightsSha256(artifact.weightsSha256())
        .setWeightsSize(artifact.weightsSize());
  }

  /**
   * What a manifest says the model is.
   *
   * @throws BadRecordException when the manifest describes no possible model
   */
  public static ModelSpec toSpec(ModelManifest manifest) {
    try {
      return new ModelSpec(
          manifest.getName(),
          manifest.getVersion(),
          manifest.getArchitecture(),
          manifest.getArchitectureOptions(),
          new InputShape(
              manifest.getInputChannels(), manifest.getInputHeight(), manifest.getInputWidth()),
          manifest.getClasses(),
          manifest.getDimension(),
          manifest.getExpand());
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(
          "manifest "
              + ModelKeys.version(manifest.getName(), manifest.getVersion())
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /**
   * The manifest's probe, when it has one.
   *
   * @throws BadRecordException when the probe does not fit the model
   */
  public static Optional<Probe> probe(ModelManifest manifest) {
    ModelSpec spec = toSpec(manifest);
    return Optional.ofNullable(manifest.getProbe())
        .map(batch -> Probe.of(batch, spec.input(), spec.dimension()));
  }
}
