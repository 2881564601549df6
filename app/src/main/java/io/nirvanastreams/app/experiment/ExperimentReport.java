package io.nirvanastreams.app.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nirvanastreams.trainer.evaluate.EpochProtocols;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.evaluate.ProtocolSummary;
import io.nirvanastreams.trainer.evaluate.SplitSummary;
import io.nirvanastreams.trainer.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An experiment that was run, for people and for programs. Immutable.
 *
 * @param name of the experiment
 * @param command that repeats it
 * @param machine it ran on
 * @param recipe of every split
 * @param published figures of the paper by measure, in percent; may be empty
 * @param runs by the name of the split; the order is kept
 */
record ExperimentReport(
    String name,
    String command,
    String machine,
    Recipe recipe,
    Map<String, String> published,
    Map<String, SplitRun> runs) {

  SplitSummary summary() {
    Map<String, EvaluationReport> reports = new LinkedHashMap<>();
    runs.forEach((split, run) -> reports.put(split, run.report()));
    return new SplitSummary(reports);
  }

  private SplitRun first() {
    return runs.values().iterator().next();
  }

  ProtocolSummary protocols() {
    Map<String, EpochProtocols> protocols = new LinkedHashMap<>();
    runs.forEach((split, run) -> protocols.put(split, run.protocols()));
    return new ProtocolSummary(first().authorsMeasure(), protocols);
  }

  double seconds() {
    return runs.values().stream().mapToDouble(SplitRun::seconds).sum();
  }

  /** Writes {@code report.md}, {@code report.json}, {@code measures.csv}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.md"), toMarkdown());
    Files.writeString(folder.resolve("report.json"), toJson());
    Files.writeString(folder.resolve("measures.csv"), summary().toCsv());
  }

  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Experiment ").append(name).append("\n\n");
    text.append("    ").append(command).append("\n\n");
    text.append(machine).append(String.format(Locale.ROOT, ", %.0f s.%n%n", seconds()));
    if (!published.isEmpty()) {
      text.append("The paper reports, in percent: ").append(published).append(".\n\n");
    }
    text.append("## Selected on validation images\n\n").append(summary().toMarkdown());
    text.append("\n## By protocol, raw score\n\n").append(protocols().toMarkdown());
    text.append("\n## The promise, over calibrations drawn anew\n");
    runs.forEach(
        (split, run) ->
            text.append("\nSplit ")
                .append(split)
                .append("\n\n")
                .append(run.conformal().toMarkdown()));
    text.append("\n## Recipe\n\n");
    recipe.toMap().forEach((key, value) -> text.append("    %s = %s%n".formatted(key, value)));
    text.append("\nModel, pictures and their numbers lie in the folder of each split.\n");
    return text.toString();
  }

  String toJson() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("name", name).put("command", command).put("machine", machine);
    json.put("seconds", seconds());
    json.set("published", mapper.valueToTree(published));
    json.set("recipe", mapper.valueToTree(recipe.toMap()));
    json.set("splits", mapper.readTree(summary().toJson()));
    json.set("protocols", withoutNaN(mapper.valueToTree(protocols().spreads())));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  /** JSON has no NaN: what cannot be measured is null, as everywhere in the report. */
  private static JsonNode withoutNaN(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(withoutNaN(entry.getValue())));
    }
    return node.isDouble() && Double.isNaN(node.doubleValue()) ? NullNode.instance : node;
  }
}
