package io.nirvanastreams.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final String CLEAR = "\r\u001b[2K";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, UTF_8);

  @Test
  void shouldPrintOnlyTheRowsThatAreDueWhereNobodyLooks() {
    Screen screen = new Screen(out, false);

    screen.tableHead("head");
    screen.row("one");
    screen.row("two");
    screen.say("%d %s", 3, "said");
    screen.row("four");

    assertThat(printed()).isEqualTo("head\none\n3 said\n");
  }

  @Test
  void shouldRedrawTheLastRowOnATerminal() {
    Screen screen = new Screen(out, true);

    screen.row("one");
    screen.row("two");
    screen.row("three");

    assertThat(printed()).isEqualTo(CLEAR + "one\n" + CLEAR + "two" + CLEAR + "three");
  }

  @Test
  void shouldKeepTheOpenRowWhenSomethingElseIsSaid() {
    Screen screen = new Screen(out, true);
    screen.row("one");
    screen.row("two");

    screen.say("said");
    screen.say("again");

    assertThat(printed()).endsWith("two\nsaid\nagain\n");
  }

  @Test
  void shouldUseColoursOnATerminalOnly() {
    new Screen(out, false).stage("Plain");
    assertThat(printed()).isEqualTo("\nPlain  (0:00)\n");

    new Screen(out, true).stage("Bold");
    assertThat(printed()).contains("\u001b[1mBold\u001b[0m");
  }

  private String printed() {
    out.flush();
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
