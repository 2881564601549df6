package io.nirvanastreams.app.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  @TempDir private Path folder;

  @Test
  void shouldKnowWhoseTokenItIs() throws IOException {
    Tokens tokens =
        Tokens.read(
            file("# the night shift\n\nana label 0123456789abcdef\nben view fedcba9876543210"));

    assertThat(tokens.visitor("0123456789abcdef")).contains(new Visitor("ana", Role.LABEL));
    assertThat(tokens.visitor("fedcba9876543210")).contains(new Visitor("ben", Role.VIEW));
    assertThat(tokens.visitor("0123456789abcdeF")).isEmpty();
    assertThat(tokens.visitor("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ana label|line 1 must be NAME ROLE TOKEN",
        "ana boss 0123456789abcdef|'boss'; write view, label or operate",
        "ana view short|less than 16 characters",
        "# nobody|has no token"
      })
  void shouldSayWhatIsWrong(String content, String message) throws IOException {
    Path file = file(content);

    assertThatThrownBy(() -> Tokens.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseATokenOfTwoVisitors() throws IOException {
    Path file = file("ana label 0123456789abcdef\nben operate 0123456789abcdef");

    assertThatThrownBy(() -> Tokens.read(file)).hasMessageContaining("another line has");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("tokens"), content);
  }
}
