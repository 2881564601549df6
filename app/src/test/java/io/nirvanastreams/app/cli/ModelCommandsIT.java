package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.TestCluster;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a trained folder to a live version, by commands. */
class ModelCommandsIT {
  @TempDir private static Path directory;

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(directory);
    TestModels.write(directory.resolve("model"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void shouldPublishListShowAndPromote() {
    Path model = directory.resolve("model");
    String sha = ModelFolder.read(model).artifact().weightsSha256();

    Cli published = run("publish", model.toString(), "--unsigned");
    assertThat(published.exitCode()).as(published.err()).isZero();
    assertThat(run("models", "list").out()).containsPattern("default +1 +- +2");
    assertThat(run("models", "show", "default", "1").out()).contains(sha, "stripes, spot");
    assertThat(run("models", "show", "default", "2").exitCode()).isEqualTo(1);
    assertThat(run("models", "promote", "default", "2").err()).contains("no model default/2");

    Cli promoted = run("models", "promote", "default", "1", "--reason", "because");

    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    assertThat(promoted.out()).contains("default/1 is live from");
    assertThat(run("models", "rollback", "default").err()).contains("no earlier version");
  }

  @Test
  void shouldEvaluateATrainedFolder() throws Exception {
    Path data = Files.createDirectories(directory.resolve("data"));
    TestModels.writeImages(data);
    Path report = directory.resolve("report");

    Cli cli =
        run("evaluate", directory.resolve("model").toString(), "--data=" + data, "--out=" + report);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("accuracy");
    assertThat(report).isDirectoryContaining("glob:**report.json");
  }

  @Test
  void shouldRefuseWhatIsNoModelFolder() {
    Cli cli = run("publish", directory.resolve("nothing").toString());

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("has no trained model");
  }

  private static Cli run(String... arguments) {
    return cluster.attempt(arguments);
  }
}
