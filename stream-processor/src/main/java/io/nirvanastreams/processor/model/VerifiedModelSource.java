package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.records.BadRecordException;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.ModelManifest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Loads models from a blob store and trusts nothing: the manifest's signature, size and SHA-256 of
 * the weights, their format, the architecture's name, classes and dimension, centres that must be
 * the simplex vertices bit for bit, weights without NaN, and a probe batch that must give the
 * features it gave its trainer. Then forwards batches of the sizes to come, so that the first real
 * one is as fast as the next.
 *
 * <p>Safe for any thread.
 */
public final class VerifiedModelSource implements ModelSource {
  private static final String REPUBLISH = "publish the version again from its trainer";

  private final BlobStore store;
  private final ModelTrust trust;
  private final NetworkLoader networks;
  private final int maxBatch;

  /**
   * A source over this store.
   *
   * @param trust whose models are loaded at all
   * @param maxBatch largest batch to warm up for
   */
  public VerifiedModelSource(
      BlobStore store, ModelTrust trust, NetworkLoader networks, int maxBatch) {
    this.store = store;
    this.trust = trust;
    this.networks = networks;
    this.maxBatch = maxBatch;
  }

  /** Builds networks. Implementations are safe for any thread. */
  @FunctionalInterface
  public interface NetworkLoader {
    /**
     * The network of an artifact.
     *
     * @param probe images of the model's publisher, to try the network with
     * @throws BadModelException when the weights do not fit the architecture
     */
    Network load(ModelArtifact artifact, List<byte[]> probe) throws BadModelException;
  }

  @Override
  public ServingModel load(ModelVersion version) throws BadModelException {
    trust.check(version.manifest());
    ModelSpec spec = version.spec();
    if (!Networks.names().contains(spec.architecture())) {
      throw new BadModelException(
          "the architecture '" + spec.architecture() + "' is unknown",
          "it must be one of " + Networks.names());
    }
    checkCentres(version);
    ModelArtifact artifact = fetch(version.manifest());
    checkArtifact(artifact, version);
    checkWeights(artifact);
    Probe probe = probe(version);
    Network network = networks.load(artifact, probe.inputs());
    try {
      check(probe, network);
      warm(network, spec);
      return new ServingModel(
          spec, artifact.weightsSha256(), version.centres(), version.calibrations(), network);
    } catch (BadModelException | RuntimeException e) {
      network.close();
      throw e instanceof BadModelException bad
          ? bad
          : new BadModelException("the model does not run: " + e.getMessage(), REPUBLISH, e);
    }
  }

  private static void checkCentres(ModelVersion version) throws BadModelException {
    float[][] vertices = version.spec().centres();
    for (int index = 0; index < vertices.length; index++) {
      // Bits, not distances: a centre that moved by a rounding is another centre to a replay.
      if (!Arrays.equals(vertices[index], version.centres()[index])) {
        throw new BadModelException(
            "the centre of '"
                + version.spec().classes().get(index)
                + "' is not vertex "
                + index
                + " of the simplex",
            REPUBLISH);
      }
    }
  }

  private ModelArtifact fetch(ModelManifest manifest) throws BadModelException {
    try {
      return ModelArtifacts.read(store.fetch(manifest.getWeightsUri()));
    } catch (IOException | IllegalArgumentException e) {
      throw new BadModelException(
          "the weights at '" + manifest.getWeightsUri() + "' cannot be had: " + e.getMessage(),
          "check the blob store, then publish the version again",
          e);
    }
  }

  private static void checkArtifact(ModelArtifact artifact, ModelVersion version)
      throws BadModelException {
    ModelManifest manifest = version.manifest();
    if (artifact.weightsSize() != manifest.getWeightsSize()) {
      throw new BadModelException(
          "the weights have "
              + artifact.weightsSize()
              + " bytes, the manifest says "
              + manifest.getWeightsSize(),
          REPUBLISH);
    }
    if (!artifact.weightsSha256().equals(manifest.getWeightsSha256())) {
      throw new BadModelException(
          "the weights have the SHA-256 "
              + artifact.weightsSha256()
              + ", the manifest says "
              + manifest.getWeightsSha256(),
          REPUBLISH);
    }
    if (artifact.spec().dimension() != version.spec().dimension()) {
      throw new BadModelException(
          "the model has the dimension "
              + artifact.spec().dimension()
              + ", the manifest says "
              + version.spec().dimension(),
          REPUBLISH);
    }
    if (!artifact.spec().equals(version.spec())) {
      throw new BadModelException(
          "the folder says " + artifact.spec() + ", the manifest " + version.spec(), REPUBLISH);
    }
  }

  private static void checkWeights(ModelArtifact artifact) throws BadModelException {
    for (Map.Entry<String, Tensor> tensor : ModelArtifacts.weights(artifact).entrySet()) {
      for (float value : tensor.getValue().data()) {
        if (!Float.isFinite(value)) {
          throw new BadModelException(
              "the weights '" + tensor.getKey() + "' hold NaN or infinite values", REPUBLISH);
        }
      }
    }
  }

  private static Probe probe(ModelVersion version) throws BadModelException {
    Probe probe;
    try {
      probe = ManifestRecords.probe(version.manifest()).orElse(null);
    } catch (BadRecordException e) {
      throw new BadModelException(e.getMessage(), REPUBLISH, e);
    }
    if (probe == null || probe.inputs().isEmpty()) {
      throw new BadModelException("the manifest has no probe batch", REPUBLISH);
    }
    return probe;
  }

  private static void check(Probe probe, Network network) throws BadModelException {
    float[][] features =
        network.embed(probe.inputs()).stream().map(Embedding::feature).toArray(float[][]::new);
    double difference = probe.largestDifference(features);
    double allowed = probe.tolerance() + network.rounding();
    if (!(difference <= allowed)) {
      throw new BadModelException(
          "the probe batch gives features that differ by " + difference + ", allowed is " + allowed,
          REPUBLISH);
    }
  }

  private void warm(Network network, ModelSpec spec) {
    byte[] black = new byte[spec.input().size()];
    for (int size = 1; size < 2 * maxBatch; size *= 2) {
      List<Embedding> unused = network.embed(Collections.nCopies(Math.min(size, maxBatch), black));
    }
  }
}
