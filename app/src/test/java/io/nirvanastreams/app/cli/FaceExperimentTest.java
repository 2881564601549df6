package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.app.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceExperimentTest {
  private static final int LEARNED = 16;
  private static final int ALL = 28;
  private static final int PHOTOGRAPHS = 12;

  @TempDir private static Path directory;

  private static Path data;
  private static Path pairs;
  private static Path recipe;

  @BeforeAll
  static void drawFaces() throws IOException {
    data = directory.resolve("faces");
    DrawnFaces.write(data, 0, ALL, PHOTOGRAPHS);
    pairs = directory.resolve("pairs.txt");
    DrawnFaces.writePairs(pairs, 10, 12, LEARNED, ALL, PHOTOGRAPHS);
    recipe =
        Files.writeString(
            directory.resolve("persons.properties"),
            """
            network.channels = 8,16
            network.hidden = 32
            dimension = 32
            epochs = 12
            batch-size = 24
            learning-rate = 0.01
            background = none
            crop = 0
            image-size = 3x32x32
            score = raw
            published-accuracy = 99.6
            """);
  }

  private static Cli run(Path out, String... more) {
    String[] arguments = new String[more.length + 6];
    arguments[0] = "experiment";
    arguments[1] = recipe.toString();
    arguments[2] = "--out";
    arguments[3] = out.toString();
    arguments[4] = "--results";
    arguments[5] = directory.resolve("results.csv").toString();
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Cli.run(arguments);
  }

  @Test
  void shouldLearnSomePersonsAndVerifyOthers() throws IOException {
    Path out = directory.resolve("run");

    Cli trained = run(out, "--data", data.toString(), "--pairs", pairs.toString());

    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.out())
        .contains("learned on 16 persons", "120 pairs of one person, 120 of two")
        .contains("mean of 10 folds", "| TAR at FAR 0.01 |", "needs 10000 pairs");
    JsonNode faces = new ObjectMapper().readTree(out.resolve("report.json").toFile()).get("faces");
    assertThat(faces.get("accuracy").get("mean").asDouble()).isBetween(0.75, 1.0);
    assertThat(faces.get("tarAtFar").size()).isEqualTo(2);
    assertThat(out.resolve("report.md")).content().contains("## Face verification");
    assertThat(out.resolve("roc.png")).isNotEmptyFile();
    assertThat(out.resolve("roc.csv")).content().startsWith("score,other_person_accepted,");
    assertThat(Files.readAllLines(out.resolve("pairs.csv"))).hasSize(241);
    assertThat(ModelFolder.read(out.resolve("model")).artifact().spec().classes())
        .hasSize(LEARNED)
        .doesNotContain(DrawnFaces.person(LEARNED));
    List<String> table = Files.readAllLines(directory.resolve("results.csv"));
    assertThat(table.get(table.size() - 1)).contains("persons", "10 folds", "cosine", "99.6");

    Path again = directory.resolve("again");
    Cli taken =
        run(
            again,
            "--model",
            out.resolve("model").toString(),
            "--pair-data",
            data.toString(),
            "--pairs",
            pairs.toString());

    assertThat(taken.exitCode()).isZero();
    assertThat(again.resolve("pairs.csv")).hasSameTextualContentAs(out.resolve("pairs.csv"));
    assertThat(again.resolve("model")).doesNotExist();
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    Path out = directory.resolve("never");
    String folder = data.toString();

    assertThat(run(out, "--data", folder, "--pair-data", folder).err()).contains("--pairs");
    assertThat(Cli.run("experiment", "faces", "--data", folder).err()).contains("--pairs");
    assertThat(run(out, "--pairs", pairs.toString()).err()).contains("--pair-data");
    assertThat(run(out, "--data", folder, "--pairs", "nowhere.txt").err()).contains("nowhere");
    Path strange = directory.resolve("strange.txt");
    Files.writeString(strange, "1 1\nNobody 1 2\nNobody 1 Noone 2\n");
    Cli few = run(out, "--data", folder, "--pairs", strange.toString());
    assertThat(few.exitCode()).isEqualTo(2);
    assertThat(few.err()).contains("too few");
    assertThat(out).doesNotExist();
  }
}
