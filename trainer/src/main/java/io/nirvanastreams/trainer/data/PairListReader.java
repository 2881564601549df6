package io.nirvanastreams.trainer.data;

import io.nirvanastreams.trainer.data.FacePair.Photograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pair lists for face verification as Labeled Faces in the Wild has them ({@code pairs.txt}).
 * The first line has the number of folds and n; of each fold there are n lines {@code PERSON A B}
 * of the same person and n lines {@code PERSON A OTHER B} of different ones. A first line with n
 * alone ({@code pairsDevTest.txt}) means one fold. Stateless.
 */
public final class PairListReader {
  private static final int MOST_PAIRS = 10_000_000;

  private PairListReader() {}

  /**
   * Reads a list, in its order.
   *
   * @throws UnusableDataException when a line is not as it should be, or lines are missing
   */
  public static List<FacePair> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      throw new UnusableDataException(file + " is empty; fetch the list of pairs again");
    }
    String[] header = lines.get(0).trim().split("\\s+", -1);
    if (header.length > 2) {
      throw wrong(file, 1, "no number of folds and of pairs");
    }
    int folds = header.length == 1 ? 1 : number(file, 1, header[0]);
    int perKind = number(file, 1, header[header.length - 1]);
    if ((long) folds * 2 * perKind > MOST_PAIRS || lines.size() - 1 != 2 * perKind * folds) {
      throw new UnusableDataException(
          "%s: the first line says %d folds of 2 x %d pairs, there are %d; fetch it again"
              .formatted(file, folds, perKind, lines.size() - 1));
    }
    List<FacePair> pairs = new ArrayList<>();
    for (int i = 0; i < lines.size() - 1; i++) {
      boolean same = i % (2 * perKind) < perKind;
      pairs.add(pair(file, i + 2, lines.get(i + 1), i / (2 * perKind), same));
    }
    return List.copyOf(pairs);
  }

  private static FacePair pair(Path file, int line, String text, int fold, boolean same)
      throws UnusableDataException {
    String[] cells = text.trim().split("\\s+", -1);
    if (cells.length != (same ? 3 : 4)) {
      throw wrong(file, line, same ? "no PERSON A B" : "no PERSON A OTHER B");
    }
    Photograph first = photograph(file, line, cells[0], cells[1]);
    return new FacePair(
        fold,
        first,
        same
            ? photograph(file, line, cells[0], cells[2])
            : photograph(file, line, cells[2], cells[3]),
        same);
  }

  private static Photograph photograph(Path file, int line, String person, String number)
      throws UnusableDataException {
    if (person.contains("/") || person.contains("\\") || person.startsWith(".")) {
      throw wrong(file, line, "a name that is no folder's: " + person);
    }
    return new Photograph(person, number(file, line, number));
  }

  private static int number(Path file, int line, String text) throws UnusableDataException {
    if (!text.matches("[1-9]\\d{0,6}")) {
      throw wrong(file, line, "no number: " + text);
    }
    return Integer.parseInt(text);
  }

  private static UnusableDataException wrong(Path file, int line, String what) {
    return new UnusableDataException(
        file + " line " + line + " has " + what + "; give a list such as pairs.txt of LFW");
  }
}
