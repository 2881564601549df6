package io.nirvanastreams.trainer.train;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Checkpoints on disk: one zip of {@code run.json} and four safetensors files, written beside its
 * place and then moved there, so that a killed run leaves the one before it. Stateless.
 */
public final class CheckpointFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN = "run.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String AVERAGE = "average.safetensors";
  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String SELECTED = "selected.safetensors";

  private CheckpointFile() {}

  /** Writes a checkpoint, replacing what was there. */
  public static void write(Path file, Checkpoint state) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, RUN, JSON.writeValueAsBytes(run(state)));
      entry(zip, WEIGHTS, Safetensors.write(state.weights()));
      entry(zip, AVERAGE, Safetensors.write(state.average()));
      entry(zip, OPTIMISER, Safetensors.write(state.optimiser()));
      entry(zip, SELECTED, Safetensors.write(state.selectedWeights()));
    }
    AtomicFiles.write(file, bytes.toByteArray());
  }

  /**
   * Reads a checkpoint.
   *
   * @throws IOException when it cannot be read; the message says what to do
   */
  public static Checkpoint read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      JsonNode run = JSON.readTree(bytes(zip, RUN));
      return new Checkpoint(
          Recipe.fromMap(JSON.convertValue(run.required("recipe"), new TypeReference<>() {})),
          JSON.convertValue(run.required("classes"), new TypeReference<List<String>>() {}),
          run.required("seed").asLong(),
          run.required("dataHash").asText(),
          execution(run),
          curve(run.required("curve")),
          tensors(zip, WEIGHTS),
          tensors(zip, AVERAGE),
          tensors(zip, OPTIMISER),
          run.required("selectedEpoch").asInt(),
          tensors(zip, SELECTED));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          file + " is no usable checkpoint (" + e.getMessage() + "); train without it", e);
    }
  }

  private static ObjectNode run(Checkpoint state) {
    ObjectNode run = JSON.createObjectNode();
    ObjectNode recipe = run.putObject("recipe");
    state.recipe().toMap().forEach(recipe::put);
    ArrayNode classes = run.putArray("classes");
    state.classes().forEach(classes::add);
    run.put("seed", state.seed());
    run.put("dataHash", state.dataHash());
    if (state.execution() != null) {
      run.put("execution", state.execution().execution().toString());
      run.put("precision", state.execution().precision().toString());
    }
    run.put("selectedEpoch", state.selectedEpoch());
    ArrayNode curve = run.putArray("curve");
    for (EpochResult result : state.curve()) {
      // Text, because JSON has no NaN, which stands for "no validation".
      curve
          .addObject()
          .put("loss", Double.toString(result.loss()))
          .put("trainAccuracy", Double.toString(result.trainAccuracy()))
          .put("validationAccuracy", Double.toString(result.validationAccuracy()))
          .put("learningRate", Double.toString(result.learningRate()))
          .put("seconds", Double.toString(result.seconds()));
    }
    return run;
  }

  private static ExecutionSettings execution(JsonNode run) {
    return run.has("execution")
        ? ExecutionSettings.of(run.get("execution").asText(), run.required("precision").asText())
        : null;
  }

  private static List<EpochResult> curve(JsonNode nodes) {
    List<EpochResult> curve = new ArrayList<>();
    for (JsonNode node : nodes) {
      curve.add(
          new EpochResult(
              curve.size() + 1,
              Double.parseDouble(node.required("loss").asText()),
              Double.parseDouble(node.required("trainAccuracy").asText()),
              Double.parseDouble(node.required("validationAccuracy").asText()),
              Double.parseDouble(node.required("learningRate").asText()),
              Double.parseDouble(node.required("seconds").asText())));
    }
    return curve;
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static Map<String, Tensor> tensors(ZipFile zip, String name) throws IOException {
    return Safetensors.read(bytes(zip, name));
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(name + " is missing in it");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
