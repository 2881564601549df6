package io.nirvanastreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus itself reads the settings, tries the rules and parses what the boards ask for. */
class PrometheusRulesTest {
  private static final Path FOLDER = Path.of("prometheus");

  @TempDir private Path temporary;

  @Test
  void shouldBeUnderstoodByPrometheus() throws Exception {
    assertPasses(Promtool.orSkip().run(FOLDER, "check", "config", "prometheus.yml"));
  }

  @Test
  void shouldFireWhenSomethingIsWrongAndNotOtherwise() throws Exception {
    assertPasses(Promtool.orSkip().run(FOLDER, "test", "rules", "rules-test.yml"));
  }

  @Test
  void shouldHaveATestOfEveryAlert() throws IOException {
    String tests = Files.readString(FOLDER.resolve("rules-test.yml"));

    List<String> alerts =
        Files.readAllLines(FOLDER.resolve("rules.yml")).stream()
            .filter(line -> line.contains("- alert: "))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .toList();

    assertThat(alerts).hasSizeGreaterThan(10);
    assertThat(alerts)
        .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert + "\n"));
  }

  @Test
  void shouldParseEveryExpressionOfTheBoards() throws Exception {
    Promtool promtool = Promtool.orSkip();
    StringBuilder rules = new StringBuilder("groups:\n- name: boards\n  rules:\n");
    for (Board board : Board.all()) {
      for (Board.Expression expression : board.expressions()) {
        rules
            .append("  - record: board:a:b\n    labels: {at: \"")
            .append(board.uid() + " " + expression.at())
            .append("\"}\n    expr: |\n      ")
            .append(expression.text().replace("\n", "\n      "))
            .append('\n');
      }
    }
    Files.writeString(temporary.resolve("boards.yml"), rules);

    assertPasses(promtool.run(temporary, "check", "rules", "boards.yml"));
  }

  private static void assertPasses(Promtool.Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
