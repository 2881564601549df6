package io.nirvanastreams.app.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the repository, and what of them is to be typed. Stateless. */
final class DocumentedPages {
  static final Path ROOT = Path.of("..");

  private DocumentedPages() {}

  /**
   * A line of a page.
   *
   * @param place page and number of the line
   * @param code whether it stands in a block of code, indented or between fences
   */
  record Line(String place, String text, boolean code) {}

  /** Every page, sorted. */
  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 4)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }

  /** The lines of a page; one that ends in a backslash is joined with the next. */
  static List<Line> lines(Path page) throws IOException {
    List<Line> lines = new ArrayList<>();
    List<String> texts = Files.readAllLines(page);
    boolean fenced = false;
    for (int i = 0; i < texts.size(); i++) {
      String place = page.normalize() + ":" + (i + 1);
      String text = texts.get(i);
      while (text.endsWith("\\") && i + 1 < texts.size()) {
        text = text.substring(0, text.length() - 1) + texts.get(++i).strip();
      }
      if (text.stripLeading().startsWith("```")) {
        fenced = !fenced;
      } else {
        lines.add(new Line(place, text, fenced || text.startsWith("    ")));
      }
    }
    return lines;
  }
}
