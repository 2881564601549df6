package io.nirvanastreams.app.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of the program that a page shows.
 *
 * @param place page and line
 * @param arguments what follows the program's name
 * @param whole whether a reader may type it as it is; else it names a command and some options
 */
record DocumentedCommand(String place, List<String> arguments, boolean whole) {
  private static final Pattern CALL =
      Pattern.compile(
          "^(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\./)?nirvana "
              + "(?!(?:[a-z-]+ )*[a-z-]+: )((?:--?)?[a-z][a-z-]*(?: .*)?)$");
  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?nirvana ([a-z][^`]*)`");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^\\s'\"]+");
  private static final String LEFT_OUT = "...";

  /** The calls on a page, in blocks of code and in its text. */
  static List<DocumentedCommand> of(Path page) throws IOException {
    List<DocumentedCommand> calls = new ArrayList<>();
    for (DocumentedPages.Line line : DocumentedPages.lines(page)) {
      if (line.code()) {
        for (String part : line.text().strip().split("\\s+(?:#.*|&& |\\|.*|> .*)", -1)) {
          Matcher call = CALL.matcher(part.strip());
          if (call.matches()) {
            calls.add(call(line.place(), call.group(1), true));
          }
        }
      } else {
        Matcher call = INLINE.matcher(line.text());
        while (call.find()) {
          calls.add(call(line.place(), call.group(1), false));
        }
      }
    }
    return calls;
  }

  private static DocumentedCommand call(String place, String text, boolean whole) {
    List<String> arguments = new ArrayList<>();
    boolean leftOut = false;
    // Brackets show what may be left out.
    Matcher word = WORD.matcher(text.replaceAll("\\[(--[^\\]]*)\\]", "$1"));
    while (word.find()) {
      String plain = word.group().replaceAll("^['\"]|['\"]$", "");
      if (plain.equals(LEFT_OUT)) {
        leftOut = true;
      } else if (!plain.equals("&")) {
        arguments.add(plain);
      }
    }
    return new DocumentedCommand(place, List.copyOf(arguments), whole && !leftOut);
  }
}
