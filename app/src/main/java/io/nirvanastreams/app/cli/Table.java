package io.nirvanastreams.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns of text, as wide as their widest cell. For one thread. */
public final class Table {
  private final List<String[]> rows = new ArrayList<>();

  /** A table with this head. */
  public Table(String... header) {
    rows.add(header);
  }

  /** Adds a row of as many cells as the head has. */
  public void row(String... cells) {
    rows.add(cells);
  }

  /** Prints all rows. */
  public void print(PrintWriter out) {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
