package io.nirvanastreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The boards and the rules ask only for what the services serve. */
class GrafanaBoardsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path RULES = Path.of("prometheus", "rules.yml");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:nirvana|jvm|process|kafka)_[a-z0-9_]+");
  private static final Pattern RECORDED = Pattern.compile("nirvana:[a-z0-9_:]+");
  private static final Pattern NAME_ON_PAGE = Pattern.compile("`([a-z0-9_]+)`");

  @Test
  void shouldHaveTheFourBoards() throws IOException {
    assertThat(Board.all())
        .extracting(Board::uid)
        .containsExactlyInAnyOrder(
            "nirvana-stream", "nirvana-models", "nirvana-novelty", "nirvana-trainer");
  }

  @Test
  void shouldAskOnlyForMetricsOnTheReferencePage() throws IOException {
    Set<String> served = served();
    for (Board board : Board.all()) {
      assertThat(board.expressions()).isNotEmpty();
      for (Board.Expression expression : board.expressions()) {
        assertThat(served)
            .as("%s %s: %s", board.uid(), expression.at(), expression.text())
            .containsAll(all(METRIC, expression.text()));
      }
    }
    assertThat(served).containsAll(all(METRIC, expressionsOf(RULES)));
  }

  @Test
  void shouldUseRecordedSeriesThatTheRulesRecord() throws IOException {
    Set<String> recorded = new HashSet<>();
    for (String line : Files.readAllLines(RULES)) {
      if (line.contains("- record: ")) {
        recorded.addAll(all(RECORDED, line));
      }
    }
    for (Board board : Board.all()) {
      for (Board.Expression expression : board.expressions()) {
        assertThat(recorded).containsAll(all(RECORDED, expression.text()));
      }
    }
    assertThat(recorded).containsAll(all(RECORDED, Files.readString(RULES)));
  }

  @Test
  void shouldReadFromTheSourceThatIsProvisioned() throws IOException {
    String provisioned =
        Files.readString(Path.of("grafana/provisioning/datasources/prometheus.yml"));
    assertThat(provisioned).contains("uid: prometheus\n");
    for (Board board : Board.all()) {
      for (JsonNode panel : board.json().path("panels")) {
        assertThat(panel.path("title").asText()).isNotBlank();
        assertThat(panel.at("/datasource/uid").asText()).isEqualTo("prometheus");
      }
    }
  }

  private static Set<String> served() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME_ON_PAGE.matcher(Files.readString(DOCS.resolve("metrics.md")));
    while (matcher.find()) {
      String name = matcher.group(1);
      names.addAll(List.of(name, name + "_count", name + "_sum", name + "_bucket"));
    }
    return names;
  }

  private static String expressionsOf(Path rules) throws IOException {
    StringBuilder expressions = new StringBuilder();
    for (String line : Files.readAllLines(rules)) {
      if (!line.contains("- name:") && !line.strip().startsWith("#")) {
        expressions.append(line).append('\n');
      }
    }
    return expressions.toString();
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
