package io.nirvanastreams.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of Grafana's boards, as it lies in this repository. */
record Board(Path file, JsonNode json) {
  private static final Path FOLDER = Path.of("grafana/dashboards");

  /** What a panel asks Prometheus for. */
  record Expression(String at, String text, String legend) {}

  static List<Board> all() throws IOException {
    List<Board> boards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
        boards.add(new Board(file, new ObjectMapper().readTree(file.toFile())));
      }
    }
    return boards;
  }

  String uid() {
    return json.path("uid").asText();
  }

  List<Expression> expressions() {
    List<Expression> expressions = new ArrayList<>();
    for (JsonNode panel : json.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        expressions.add(
            new Expression(
                panel.path("id").asText() + target.path("refId").asText(),
                target.path("expr").asText(),
                target.path("legendFormat").asText()));
      }
    }
    return expressions;
  }
}
