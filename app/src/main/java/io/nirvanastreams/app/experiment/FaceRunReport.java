package io.nirvanastreams.app.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.trainer.evaluate.FaceReport;
import io.nirvanastreams.trainer.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A face verification that was run, for people and for programs. Immutable.
 *
 * @param name of the experiment
 * @param command that repeats it
 * @param machine it ran on
 * @param model that judged the pairs
 * @param recipe it was trained by
 * @param published figures of the paper by measure, in percent; may be empty
 * @param faces what the pairs say
 * @param seconds that training, where there was one, and verification took
 */
record FaceRunReport(
    String name,
    String command,
    String machine,
    ModelSpec model,
    Recipe recipe,
    Map<String, String> published,
    FaceReport faces,
    double seconds) {

  /** Writes {@code report.md} and {@code report.json}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.md"), toMarkdown());
    Files.writeString(folder.resolve("report.json"), toJson());
  }

  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Experiment ").append(name).append("\n\n");
    text.append("    ").append(command).append("\n\n");
    text.append(machine).append(String.format(Locale.ROOT, ", %.0f s.%n%n", seconds));
    if (!published.isEmpty()) {
      text.append("The paper reports, in percent: ").append(published).append(".\n\n");
    }
    text.append(
        "## Face verification%n%nModel %s version %d: %s, %d features, learned on %d persons. "
            .formatted(
                model.name(),
                model.version(),
                model.architecture(),
                model.dimension(),
                model.classes().size()));
    text.append(faces.toMarkdown());
    text.append("\n## Recipe\n\n");
    recipe.toMap().forEach((key, value) -> text.append("    %s = %s%n".formatted(key, value)));
    text.append("\nThe cosine of every pair is in pairs.csv, the curve in roc.png and roc.csv.\n");
    return text.toString();
  }

  String toJson() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("name", name).put("command", command).put("machine", machine);
    json.put("seconds", seconds);
    json.put("persons", model.classes().size());
    json.set("published", mapper.valueToTree(published));
    json.set("recipe", mapper.valueToTree(recipe.toMap()));
    json.set("faces", mapper.readTree(faces.toJson()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }
}
