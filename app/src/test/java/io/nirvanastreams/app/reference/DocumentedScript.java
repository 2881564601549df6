package io.nirvanastreams.app.reference;

import io.nirvanastreams.app.reference.DocumentedPages.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the repository that a page tells people to use on the command line.
 *
 * @param place page and line
 * @param path below the root
 * @param run whether it is called, not only named
 */
record DocumentedScript(String place, String path, boolean run) {
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");
  private static final Pattern PARTS = Pattern.compile("\\s#.*|&&|\\||;|\\$\\(|\\)");
  private static final Pattern SET = Pattern.compile("[A-Z_]+=\\S*");

  /** Those on a page, in blocks of code and in its text. */
  static List<DocumentedScript> of(Path page) throws IOException {
    Pattern file = files();
    List<DocumentedScript> scripts = new ArrayList<>();
    for (Line line : DocumentedPages.lines(page)) {
      if (line.code()) {
        add(line, line.text(), file, scripts);
      } else {
        Matcher code = INLINE.matcher(line.text());
        while (code.find()) {
          add(line, code.group(1), file, scripts);
        }
      }
    }
    return scripts;
  }

  private static void add(Line line, String text, Pattern file, List<DocumentedScript> scripts) {
    for (String part : PARTS.split(text, -1)) {
      boolean first = true;
      for (String word : part.strip().replaceFirst("^\\$ ", "").split("\\s+", -1)) {
        if (first && SET.matcher(word).matches()) {
          continue;
        }
        Matcher path = file.matcher(word);
        if (path.matches() && !word.contains("/target/")) { // what a build makes is not there yet
          // In the text a name alone may be that of a folder or of settings.
          boolean run = first && (line.code() || part.strip().contains(" "));
          scripts.add(new DocumentedScript(line.place(), path.group(1), run));
        }
        first = false;
      }
    }
  }

  /** What begins with a folder of the root, or with the root itself. */
  private static Pattern files() throws IOException {
    try (Stream<Path> entries = Files.list(DocumentedPages.ROOT)) {
      String folders =
          entries
              .filter(Files::isDirectory)
              .map(folder -> Pattern.quote(folder.getFileName().toString()))
              .collect(Collectors.joining("|"));
      return Pattern.compile("(?:\\./)?((?:(?:" + folders + ")/|(?<=\\./))[\\w./-]*\\w)");
    }
  }
}
