package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.app.experiment.NamedRecipes;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.embedding.model.ModelSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
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
    writeDots(data.resolve("dots"));
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

  /** A third pattern, beside those of the data set. */
  private static void writeDots(Path folder) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(2);
    for (int i = 0; i < 60; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          int light = x % 7 < 3 && y % 7 < 3 ? 200 : 0;
          image.getRaster().setSample(x, y, 0, light + random.nextInt(50));
        }
      }
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
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
  void shouldLeaveOutWhatCannotBeMeasuredWithoutUnknownClasses() throws IOException {
    Path out = directory.resolve("known");

    Cli cli =
        Cli.run(
            "experiment",
            recipe.toString(),
            "--data=" + data,
            "--out=" + out,
            "--results=" + directory.resolve("other.csv"),
            "--score=cosine");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(Files.readString(out.resolve("report.md"))).doesNotContain("NaN");
    assertThat(Files.readString(out.resolve("split-1").resolve("report.txt")))
        .doesNotContain("NaN");
    String json = Files.readString(out.resolve("report.json"));
    assertThat(json).doesNotContain("NaN");
    JsonNode accuracy = new ObjectMapper().readTree(json).at("/protocols/last epoch/accuracy");
    assertThat(accuracy.get("mean").isNumber()).isTrue();
    assertThat(accuracy.get("deviation").isNull()).isTrue();
  }

  @Test
  void shouldAddClassesOneByOne() throws IOException {
    Path out = directory.resolve("added");

    Cli cli = addDots(out, "--score=cosine", "--recipe=fine-tuning.epochs=1");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    String report = Files.readString(out.resolve("report.md"));
    assertThat(cli.out()).contains(report);
    assertThat(report)
        .contains(
            "    nirvana experiment " + recipe,
            "Version 1 knows spot, stripes.",
            "At most 20 images of a class.")
        .contains("| dots | fine-tuned |", "from scratch", "AUROC cosine", "    epochs = 1\n");
    ModelSpec first = ModelFolder.read(out.resolve("version-1")).artifact().spec();
    ModelSpec second = ModelFolder.read(out.resolve("version-2")).artifact().spec();
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.classes()).containsExactly("spot", "stripes", "dots");
    assertThat(Arrays.copyOf(second.centres(), 2)).isDeepEqualTo(first.centres());
    assertThat(ModelFolder.read(out.resolve("scratch-2")).artifact().spec().classes())
        .isEqualTo(second.classes());
    assertThat(Files.readAllLines(out.resolve("incremental.csv")))
        .hasSize(4)
        .first()
        .asString()
        .startsWith("version,added,training,first,old,");
  }

  @Test
  void shouldNameWhatCannotBeAdded() {
    assertCannotAdd("--splits=1", "neither --splits nor --unknown-data");
    assertCannotAdd("--recipe=rehearsal-per-class=0", "rehearsal-per-class cannot be '0'");
    assertCannotAdd("--recipe=forgetting-limit=2", "forgetting-limit and learning-attempts cannot");
    assertCannotAdd("--recipe=learning-attempts=0", "trained 1 to 10 times");
    assertCannotAdd("--recipe=splits=splits_2020/mnist", "either splits or add");
    assertCannotAdd("--recipe=loss=open-set-authors", "set loss to open-set");
    assertCannotAdd("--recipe=fine-tuning.epochs=many", "epochs cannot be 'many'");
    assertCannotAdd("--recipe=add=spot", "A class name occurs twice");
    assertUsage("by --classes", "closed-set-cifar10", "--recipe=add=dots", "--data=" + data);
  }

  private static void assertCannotAdd(String option, String message) {
    Cli cli = addDots(directory.resolve("wrong"), option);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(message);
  }

  private static Cli addDots(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--recipe=add=dots", "--recipe=rehearsal-per-class=20"));
    arguments.addAll(List.of(more));
    return run(out, arguments.toArray(String[]::new));
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
