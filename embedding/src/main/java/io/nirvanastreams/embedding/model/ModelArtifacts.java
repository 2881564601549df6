package io.nirvanastreams.embedding.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.nirvanastreams.embedding.safetensors.ForeignFormats;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Writes and reads {@link ModelArtifact}s. Stateless. */
public final class ModelArtifacts {
  /** The manifest's file name. */
  public static final String MANIFEST = "manifest.json";

  /** The weights' file name. */
  public static final String WEIGHTS = "weights.safetensors";

  private static final long LARGEST_MANIFEST = 16 << 20;
  private static final String FETCH_AGAIN = "delete the folder and fetch the model again";

  private ModelArtifacts() {}

  /**
   * Writes a model below the root, in a folder named by its content hash. The same model gives the
   * same bytes and the same folder. The folder appears whole or not at all.
   *
   * @throws IOException when the files cannot be written
   */
  public static ModelArtifact write(Path root, ModelSpec spec, Map<String, Tensor> weights)
      throws IOException {
    byte[] weightBytes = Safetensors.write(weights);
    String weightsSha256 = Hashes.sha256(weightBytes);
    byte[] manifest = Manifests.encode(spec, weightsSha256, weightBytes.length);
    String hash = contentHash(manifest, weightBytes);
    Path folder = root.resolve(hash);
    AtomicFolders.create(
        folder,
        temporary -> {
          Files.write(temporary.resolve(WEIGHTS), weightBytes);
          Files.write(temporary.resolve(MANIFEST), manifest);
        });
    return new ModelArtifact(folder, spec, hash, weightsSha256, weightBytes.length);
  }

  /**
   * Reads a model's manifest and checks that the files are those the folder is named after.
   *
   * @throws BadModelException when a file is missing or malformed, or a hash differs
   */
  public static ModelArtifact read(Path folder) throws BadModelException {
    byte[] manifest;
    byte[] weights;
    try {
      if (Files.size(folder.resolve(MANIFEST)) > LARGEST_MANIFEST
          || Files.size(folder.resolve(WEIGHTS)) > Safetensors.LARGEST_FILE) {
        throw new BadModelException(folder + " has files beyond reason", FETCH_AGAIN);
      }
      manifest = Files.readAllBytes(folder.resolve(MANIFEST));
      weights = Files.readAllBytes(folder.resolve(WEIGHTS));
    } catch (IOException e) {
      throw new BadModelException(
          "no model can be read in " + folder + ": " + e, "check that it was stored whole", e);
    }
    String hash = contentHash(manifest, weights);
    String named = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    if (!hash.equals(named)) {
      throw new BadModelException(
          "the content of " + folder + " has the hash " + hash + ", which is not its name",
          FETCH_AGAIN);
    }
    Optional<String> foreign = ForeignFormats.name(weights);
    if (foreign.isPresent()) {
      throw new BadModelException(
          "the weights are " + foreign.get() + ", and only safetensors is loaded",
          "convert them and publish the model again");
    }
    JsonNode json = Manifests.parse(manifest);
    String weightsSha256 = Hashes.sha256(weights);
    if (!weightsSha256.equals(json.path(Manifests.WEIGHTS_SHA256).asText())
        || weights.length != json.path(Manifests.WEIGHTS_SIZE).asLong(-1)) {
      throw new BadModelException(
          "the manifest in " + folder + " speaks of other weights", "publish the model again");
    }
    return new ModelArtifact(folder, Manifests.spec(json), hash, weightsSha256, weights.length);
  }

  /**
   * The tensors of a model. The file is checked again, since it may have changed since {@link
   * #read}.
   *
   * @throws BadModelException when the file is missing, malformed, or not the one the artifact
   *     names
   */
  public static Map<String, Tensor> weights(ModelArtifact artifact) throws BadModelException {
    try {
      byte[] bytes = Files.readAllBytes(artifact.weights());
      if (!Hashes.sha256(bytes).equals(artifact.weightsSha256())) {
        throw new BadModelException(
            artifact.weights() + " is not the file that was published", FETCH_AGAIN);
      }
      return Safetensors.read(bytes);
    } catch (IOException e) {
      throw new BadModelException("the weights cannot be read: " + e.getMessage(), FETCH_AGAIN, e);
    }
  }

  /** The manifest's length comes first, so that no byte can move from one file to the other. */
  private static String contentHash(byte[] manifest, byte[] weights) {
    byte[] length = ByteBuffer.allocate(Long.BYTES).putLong(manifest.length).array();
    return Hashes.sha256(length, manifest, weights);
  }
}
