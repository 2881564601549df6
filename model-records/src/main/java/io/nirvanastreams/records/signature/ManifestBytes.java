package io.nirvanastreams.records.signature;

import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ProbeBatch;
import io.nirvanastreams.schemas.Provenance;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of a manifest that are signed. Avro's own bytes will not do: they order maps as they
 * like, and change with the schema. Format 1, big-endian:
 *
 * <ul>
 *   <li>a string is its length in UTF-8 bytes as int32 and those bytes; bytes likewise;
 *   <li>a list is its length as int32 and its items; a map is a list of key and value, sorted by
 *       key as Java sorts strings;
 *   <li>a double is its IEEE 754 bits as int64; a time is milliseconds since 1970 as int64; an
 *       optional part is a byte 0, or a byte 1 and the part.
 * </ul>
 *
 * <p>In order: the string {@code nirvana-manifest-1}, then name, version, architecture,
 * architectureOptions, inputChannels, inputHeight, inputWidth, classes, dimension, expand,
 * weightsSha256, weightsSize, parentVersion, provenance (dataSha256, trainingImages, seed, recipe,
 * software, trainedAt, durationMillis), measures, probe (count, inputs, features, tolerance),
 * createdAt. The address of the weights is left out, so that a signed version can move to another
 * store: their hash is in. Stateless.
 */
final class ManifestBytes {
  private static final String FORMAT = "nirvana-manifest-1";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private ManifestBytes() {}

  static byte[] of(ModelManifest manifest) {
    ManifestBytes canonical = new ManifestBytes();
    try {
      canonical.write(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return canonical.bytes.toByteArray();
  }

  private void write(ModelManifest manifest) throws IOException {
    text(FORMAT);
    text(manifest.getName());
    out.writeInt(manifest.getVersion());
    text(manifest.getArchitecture());
    texts(manifest.getArchitectureOptions());
    out.writeInt(manifest.getInputChannels());
    out.writeInt(manifest.getInputHeight());
    out.writeInt(manifest.getInputWidth());
    List<String> classes = manifest.getClasses();
    out.writeInt(classes.size());
    for (String label : classes) {
      text(label);
    }
    out.writeInt(manifest.getDimension());
    out.writeDouble(manifest.getExpand());
    text(manifest.getWeightsSha256());
    out.writeLong(manifest.getWeightsSize());
    out.writeInt(manifest.getParentVersion());
    write(manifest.getProvenance());
    out.writeInt(manifest.getMeasures().size());
    for (Map.Entry<String, Double> measure : new TreeMap<>(manifest.getMeasures()).entrySet()) {
      text(measure.getKey());
      out.writeDouble(measure.getValue());
    }
    write(manifest.getProbe());
    out.writeLong(manifest.getCreatedAt().toEpochMilli());
  }

  private void write(Provenance provenance) throws IOException {
    out.writeBoolean(provenance != null);
    if (provenance != null) {
      text(provenance.getDataSha256());
      out.writeLong(provenance.getTrainingImages());
      out.writeLong(provenance.getSeed());
      texts(provenance.getRecipe());
      texts(provenance.getSoftware());
      out.writeLong(provenance.getTrainedAt().toEpochMilli());
      out.writeLong(provenance.getDurationMillis());
    }
  }

  private void write(ProbeBatch probe) throws IOException {
    out.writeBoolean(probe != null);
    if (probe != null) {
      out.writeInt(probe.getCount());
      bytes(probe.getInputs());
      bytes(probe.getFeatures());
      out.writeDouble(probe.getTolerance());
    }
  }

  private void texts(Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      text(entry.getKey());
      text(entry.getValue());
    }
  }

  private void text(String text) throws IOException {
    bytes(StandardCharsets.UTF_8.encode(text));
  }

  private void bytes(ByteBuffer buffer) throws IOException {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    out.writeInt(copy.length);
    out.write(copy);
  }
}
