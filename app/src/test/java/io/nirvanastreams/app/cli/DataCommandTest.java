package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.trainer.fetch.RemoteFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  private static final RemoteFile FILE =
      new RemoteFile("a.bin", 2_000_000, "0".repeat(64), List.of());

  @TempDir Path folder;

  @Test
  void shouldListDataSetsWithTheirTerms() {
    Cli cli = Cli.run("data", "list");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines()).hasSize(7);
    assertThat(cli.out()).contains("cifar10", "170 MB", "non-commercial");
  }

  @Test
  void shouldTellInOneLineWhatCannotBeFetched() throws IOException {
    Path wrong = Files.writeString(folder.resolve("cifar.tar.gz"), "something else");

    assertFails(2, "'mnits'; there are mnist,", "data", "fetch", "mnits");
    assertFails(2, "say list, fetch or unpack", "data");
    assertFails(2, "check the path", "data", "fetch", "svhn", "--from", folder + "/absent");
    assertFails(2, "give the folder", "data", "fetch", "svhn", "--from", wrong.toString());
    Cli cli =
        Cli.run("data", "fetch", "cifar10", "--from", wrong.toString(), "--to", folder + "/to");
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("is not the published cifar-10-binary.tar.gz (14 bytes");
    assertThat(cli.out()).contains("Terms: No licence is stated");
    assertThat(folder.resolve("to/cifar10")).doesNotExist();
  }

  private static void assertFails(int exitCode, String reason, String... arguments) {
    Cli cli = Cli.run(arguments);
    assertThat(cli.exitCode()).isEqualTo(exitCode);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains(reason);
  }

  private static String shown(boolean moving) {
    StringWriter text = new StringWriter();
    DownloadBar bar = new DownloadBar(new PrintWriter(text), moving);
    bar.onFile(FILE, false);
    bar.onBytes(FILE, 500_000);
    bar.onRetry(FILE, "the line broke");
    bar.onBytes(FILE, 2_000_000);
    bar.onUnpack(FILE);
    return text.toString();
  }

  @Test
  void shouldMoveABarOnATerminal() {
    assertThat(shown(true))
        .contains("\ra.bin [######..................]  25% of 2.0 MB")
        .contains("\ra.bin: trying again: the line broke")
        .contains("100% of 2.0 MB" + System.lineSeparator());
  }

  @Test
  void shouldPrintPlainLinesElsewhere() {
    assertThat(shown(false).lines())
        .containsExactly(
            "a.bin: 2,000,000 bytes", "a.bin: trying again: the line broke", "a.bin: unpacking");
  }
}
