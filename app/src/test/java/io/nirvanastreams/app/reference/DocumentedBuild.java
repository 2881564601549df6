package io.nirvanastreams.app.reference;

import io.nirvanastreams.app.reference.DocumentedPages.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call of Maven that a page shows, as far as it depends on the build files: modules, profiles and
 * names of tests.
 *
 * @param place page and line
 * @param text the call
 */
record DocumentedBuild(String place, String text) {
  private static final Pattern CALL = Pattern.compile("(?:^|`|\\s)(mvn [^`#]*)");
  private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");
  private static final Pattern PROPERTY = Pattern.compile("-D([\\w.]+)(?:=([^\\s`]+))?");
  private static final Set<String> TESTS = Set.of("test", "it.test");
  private static final Set<String> MAVENS_OWN =
      Set.of("surefire.failIfNoSpecifiedTests", "failsafe.failIfNoSpecifiedTests", "skipITs");

  /** Those on a page. */
  static List<DocumentedBuild> of(Path page) throws IOException {
    List<DocumentedBuild> calls = new ArrayList<>();
    for (Line line : DocumentedPages.lines(page)) {
      Matcher call = CALL.matcher(line.text());
      while (call.find()) {
        calls.add(new DocumentedBuild(line.place(), call.group(1)));
      }
    }
    return calls;
  }

  /** What the build does not have of it, with the place. */
  List<String> problems(Path root) throws IOException {
    List<String> problems = new ArrayList<>();
    Matcher modules = MODULES.matcher(text);
    while (modules.find()) {
      for (String module : modules.group(1).split(",", -1)) {
        if (!Files.exists(root.resolve(module).resolve("pom.xml"))) {
          problems.add(place + ": there is no module " + module);
        }
      }
    }
    Matcher property = PROPERTY.matcher(text);
    while (property.find()) {
      String name = property.group(1);
      if (TESTS.contains(name)) {
        for (String test : property.group(2).split(",", -1)) {
          if (!any(root, file -> file.endsWith("/" + test.replaceFirst("#.*", "") + ".java"))) {
            problems.add(place + ": there is no test " + test);
          }
        }
      } else if (!MAVENS_OWN.contains(name) && !known(root, name)) {
        problems.add(place + ": nothing asks for the property " + name);
      }
    }
    return problems;
  }

  /** In a build file as a switch or a value, or in a test as a system property. */
  private static boolean known(Path root, String name) throws IOException {
    return any(
        root,
        file ->
            (file.endsWith("/pom.xml")
                    && holds(
                        file,
                        "<name>" + name + "</name>",
                        "<name>!" + name + "</name>",
                        "${" + name + "}"))
                || (file.contains("/test/")
                    && file.endsWith("Test.java")
                    && holds(file, '"' + name + '"')));
  }

  private static boolean holds(String file, String... texts) {
    try {
      String content = Files.readString(Path.of(file));
      return Stream.of(texts).anyMatch(content::contains);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean any(Path root, Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> !file.toString().contains("/target/"))
          .map(Path::toString)
          .anyMatch(wanted);
    }
  }
}
