package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.app.experiment.NamedRecipes;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentCommandTest {
  @TempDir private static Path directory;

  private static Path data;
  private static Path recipe;

  @BeforeAll
  static void writeImages() throws IOException {
    data = Files.createDirectories(directory.resolve("data"));
    TestModels.writeImages(data);
    recipe =
        Files.writeString(
            directory.resolve("small.properties"),
            """
            network.channels = 4,8
            network.hidden = 16
            epochs = 2
            image-size = 1x14x14
            classes = spot,stripes
            validation = 0.2
            calibration = 0.3
            published-auroc = 99.6
            """);
  }

  private static Cli run(Path out, String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "experiment";
    arguments[1] = recipe.toString();
    arguments[2] = "--data=" + data;
    arguments[3] = "--out=" + out;
    arguments[4] = "--results=" + directory.resolve("results.csv");
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Cli.run(arguments);
  }

  @Test
  void shouldWriteReportModelAndALineOfTheTable() throws IOException {
    Path out = directory.resolve("out");

    Cli cli = run(out, "--score=mahalanobis", "--unknown-data=" + data);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    String report = Files.readString(out.resolve("report.md"));
    assertThat(cli.out()).contains(report);
    assertThat(report)
        .contains("# Experiment small", "The paper reports, in percent: {auroc=99.6}")
        .contains(
            "| mahalanobis |", "best on test (as the authors)", "conformal-global, alpha 0.1");
    JsonNode json = new ObjectMapper().readTree(out.resolve("report.json").toFile());
    assertThat(json.at("/recipe/epochs").asText()).isEqualTo("2");
    assertThat(json.at("/published/auroc").asText()).isEqualTo("99.6");
    assertThat(json.at("/protocols/last epoch/auroc/mean").isNumber()).isTrue();
    assertThat(ModelFolder.read(out.resolve("split-1")).artifact().spec().classes())
        .containsExactly("spot", "stripes");
    assertThat(Files.readAllLines(out.resolve("split-1").resolve("curves.csv"))).hasSize(3);
    assertThat(Files.readAllLines(directory.resolve("results.csv")))
        .hasSize(2)
        .last()
        .asString()
        .contains(",small,", ",mahalanobis,");
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertUsage("there are 1 to 1", recipe.toString(), "--splits=2", "--data=" + data);
    assertUsage("no experiment or recipe file is called 'mnst'", "mnst", "--data=" + data);
    assertUsage(
        "name it by --unknown-data", "cifar+10", "--data=" + data, "--classes=spot,stripes");
    assertUsage(
        "noisy-share needs background",
        recipe.toString(),
        "--recipe=noisy-share=0.5",
        "--data=" + data);
  }

  @ParameterizedTest
  @MethodSource("io.nirvanastreams.app.experiment.NamedRecipes#names")
  void shouldCarryEveryRecipe(String name) {
    assertThat(NamedRecipes.settings(name)).anyMatch(setting -> setting.startsWith("network="));
  }

  private static void assertUsage(String message, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "experiment";
    System.arraycopy(arguments, 0, all, 1, arguments.length);

    Cli cli = Cli.run(all);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(message);
  }
}
