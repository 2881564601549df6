package io.nirvanastreams.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages call beside the program itself is there: scripts, files, switches of the build. */
class DocumentedScriptsTest {
  private static final int SCRIPTS = 40;
  private static final int BUILDS = 10;

  @TempDir private Path folder;

  @Test
  void shouldHaveEveryFileThatPagesUseAndBeAbleToRunWhatTheyRun() throws IOException {
    List<DocumentedScript> scripts = new ArrayList<>();
    for (Path page : DocumentedPages.all()) {
      scripts.addAll(DocumentedScript.of(page));
    }

    assertThat(scripts).hasSizeGreaterThan(SCRIPTS);
    assertThat(scripts.stream().map(DocumentedScriptsTest::problem).filter(text -> !text.isEmpty()))
        .isEmpty();
  }

  @Test
  void shouldHaveModulesSwitchesAndTestsOfEveryBuildThatPagesShow() throws IOException {
    List<String> problems = new ArrayList<>();
    int calls = 0;
    for (Path page : DocumentedPages.all()) {
      for (DocumentedBuild call : DocumentedBuild.of(page)) {
        calls++;
        problems.addAll(call.problems(DocumentedPages.ROOT));
      }
    }

    assertThat(calls).isGreaterThan(BUILDS);
    assertThat(problems).isEmpty();
  }

  @Test
  void shouldFindFaultWithWhatIsNotThere() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        Run `deploy/no-such up` and see `docs/no-such.md`; `./no-such`.

            $ HEAP=1g deploy/docker/build --cuda && docs/tutorial.md now   # deploy/not-me
        ```
        export HOST=$(deploy/standins/engine up)
        mvn -pl nowhere -Dtest=NoSuchTest -Dnosuch -Dquick package
        ```
        """);

    List<DocumentedScript> scripts = DocumentedScript.of(page);
    assertThat(scripts)
        .extracting(DocumentedScript::path)
        .containsExactly(
            "deploy/no-such",
            "docs/no-such.md",
            "no-such",
            "deploy/docker/build",
            "docs/tutorial.md",
            "deploy/standins/engine");
    assertThat(scripts)
        .extracting(script -> problem(script).replaceFirst(".*: ", ""))
        .containsExactly(
            "there is no deploy/no-such",
            "there is no docs/no-such.md",
            "there is no no-such",
            "",
            "docs/tutorial.md cannot be run",
            "");
    assertThat(DocumentedBuild.of(page))
        .singleElement()
        .satisfies(
            call ->
                assertThat(call.problems(DocumentedPages.ROOT))
                    .extracting(problem -> problem.replaceFirst(".*: ", ""))
                    .containsExactly(
                        "there is no module nowhere",
                        "there is no test NoSuchTest",
                        "nothing asks for the property nosuch"));
  }

  private static String problem(DocumentedScript script) {
    Path file = DocumentedPages.ROOT.resolve(script.path());
    if (!Files.exists(file)) {
      return script.place() + ": there is no " + script.path();
    }
    return script.run() && !Files.isExecutable(file)
        ? script.place() + ": " + script.path() + " cannot be run"
        : "";
  }
}
