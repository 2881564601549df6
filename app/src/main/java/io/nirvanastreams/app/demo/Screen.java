package io.nirvanastreams.app.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What the demo prints: stages, remarks, and a table whose last row is redrawn in place on a
 * terminal and printed now and then elsewhere. For one thread at a time; methods are synchronised
 * since remarks come from several.
 */
final class Screen {
  private static final Duration ROW_EVERY = Duration.ofSeconds(5);
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final long startedAtNanos = System.nanoTime();
  private long lastRowNanos = Long.MIN_VALUE;
  private boolean rowOpen;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A heading. */
  synchronized void stage(String title) {
    closeRow();
    out.printf(Locale.ROOT, "%n%s%s%s  %s%n", bold(), title, plain(), dim("(" + elapsed() + ")"));
    out.flush();
  }

  /** A line that stays. */
  synchronized void say(String format, Object... arguments) {
    closeRow();
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** Heading of the live table. */
  synchronized void tableHead(String head) {
    closeRow();
    out.println(dim(head));
  }

  /** The newest row of the live table. */
  synchronized void row(String row) {
    long now = System.nanoTime();
    boolean due = lastRowNanos == Long.MIN_VALUE || now - lastRowNanos >= ROW_EVERY.toNanos();
    if (terminal) {
      out.print(CLEAR_LINE + row);
      rowOpen = true;
      if (due) {
        closeRow();
      }
    } else if (due) {
      out.println(row);
    }
    if (due) {
      lastRowNanos = now;
    }
    out.flush();
  }

  /** Seconds since the start, for people. */
  String elapsed() {
    long seconds = Duration.ofNanos(System.nanoTime() - startedAtNanos).toSeconds();
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  /** Where the lines go. */
  PrintStream out() {
    return out;
  }

  /** Whether a person looks at a terminal. */
  boolean terminal() {
    return terminal;
  }

  private void closeRow() {
    if (rowOpen) {
      out.println();
      rowOpen = false;
    }
  }

  private String bold() {
    return terminal ? "\u001b[1m" : "";
  }

  private String plain() {
    return terminal ? "\u001b[0m" : "";
  }

  private String dim(String text) {
    return terminal ? "\u001b[2m" + text + "\u001b[0m" : text;
  }
}
