package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir private static Path directory;

  private static Path data;

  @BeforeAll
  static void writeImages() throws IOException {
    data = Files.createDirectories(directory.resolve("data"));
    TestModels.writeImages(data);
  }

  private static Path recipe(String name, String... lines) throws IOException {
    return Files.writeString(directory.resolve(name), String.join("\n", lines));
  }

  @Test
  void shouldTrainByARecipeFileUnderTheCommandLine() throws IOException {
    Path file =
        recipe(
            "small.properties",
            "network.channels = 4,8",
            "network.hidden = 16",
            "optimiser = adam",
            "learning-rate = 0.003",
            "epochs = 3",
            "data = " + data,
            "image-size = 1x14x14",
            "classes = spot,stripes",
            "name = small",
            "score = cosine",
            "method = weibull-tail",
            "alpha = 0.2");
    Path out = directory.resolve("out");

    Cli cli =
        Cli.run(
            "train",
            "--recipe=" + file,
            "--recipe=weight-decay=0.001",
            "--epochs=1",
            "--out=" + out,
            "--name=other");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    ModelFolder model = ModelFolder.read(out);
    assertThat(model.artifact().spec().name()).isEqualTo("other");
    assertThat(model.artifact().spec().classes()).containsExactly("spot", "stripes");
    assertThat(model.calibration().method()).isEqualTo("weibull-tail");
    Map<String, String> written = model.provenance().getRecipe();
    assertThat(written)
        .containsEntry("optimiser", "adam")
        .containsEntry("learning-rate", "0.003")
        .containsEntry("weight-decay", "0.001")
        .containsEntry("epochs", "1");
  }

  @Test
  void shouldNameWhatARecipeHasWrong() throws IOException {
    assertUsage("epoch", recipe("a", "epoch = 3"));
    assertUsage("alpha cannot be 'x'", recipe("b", "alpha = x", "data = " + data));
    assertUsage("validation cannot be 'x'", recipe("c", "validation = x", "data = " + data));
    assertUsage("--data is missing", recipe("d", "epochs = 1"));
    assertUsage("comparison only", recipe("e", "loss = hypersphere", "data = " + data));
    assertUsage("takes class 2", recipe("f", "splits = splits_2020/mnist", "data = " + data));
    assertUsage("leaves none of 9", recipe("g", "warm-up = 9", "epochs = 9"));
    assertUsage("--split needs", recipe("h", "data = " + data), "--split=2");
  }

  private static void assertUsage(String message, Path file, String... more) {
    String[] arguments = {"train", "--recipe=" + file, "--out=" + directory.resolve("none")};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);

    Cli cli = Cli.run(all);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(message);
    assertThat(cli.err().lines()).hasSize(1);
  }
}
