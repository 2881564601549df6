package io.nirvanastreams.trainer.evaluate.picture;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Builds comma-separated text (RFC 4180, with line feeds). Not safe for several threads at once.
 */
final class Csv {
  private final StringBuilder text = new StringBuilder();

  Csv(String... names) {
    line((Object[]) names);
  }

  void line(Object... cells) {
    text.append(Arrays.stream(cells).map(Csv::quoted).collect(Collectors.joining(",")))
        .append('\n');
  }

  private static String quoted(Object cell) {
    String plain = cell instanceof Double number && number.isNaN() ? "" : String.valueOf(cell);
    return plain.matches("(?s).*[\",\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
