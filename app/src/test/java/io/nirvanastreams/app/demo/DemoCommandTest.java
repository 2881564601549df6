package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir private Path directory;

  @Test
  void shouldRefuseNumbersThatMakeNoSense() {
    assertWrongUsage("must be positive", "--cameras", "0");
    assertWrongUsage("must be positive", "--rate", "0");
    assertWrongUsage("must be positive", "--rate", "NaN");
    assertWrongUsage("must be positive", "--learn", "-1");
    assertWrongUsage("between 0 and 1", "--alpha", "0");
    assertWrongUsage("between 0 and 1", "--alpha", "1");
    assertWrongUsage("--cameras", "--cameras", "many");
    assertWrongUsage("--interactive", "--interactiv");
  }

  @Test
  void shouldRefuseDataThatIsNoFolder() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertWrongUsage("one folder of images per class", "--data", file.toString());
    assertWrongUsage("nowhere", "--data", directory.resolve("nowhere").toString());
    assertWrongUsage("no data set", "--data", directory.toString());
  }

  @Test
  void shouldRefuseToHoldOutWhatIsNotThere() {
    assertWrongUsage("'Hat'", "--hold-out", "Bag,Hat");
  }

  private static void assertWrongUsage(String contained, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "demo";
    System.arraycopy(arguments, 0, all, 1, arguments.length);

    Cli cli = Cli.run(all);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).startsWith("nirvana demo: ").contains(contained);
    assertThat(cli.out()).isEmpty();
  }
}
