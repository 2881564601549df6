package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.cli.Table;
import io.nirvanastreams.app.guarantee.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a trial came to. Immutable.
 *
 * @param findings one a promise
 * @param faults how often each kind of fault was brought about
 * @param failures faults that could not be brought about, in words
 */
record TrialReport(List<Finding> findings, Map<FaultKind, Integer> faults, List<String> failures) {
  private static final int MOST_VIOLATIONS = 5;

  /** Whether no promise was broken and every planned fault was brought about. */
  boolean passed() {
    return failures.isEmpty() && findings.stream().noneMatch(Finding::violated);
  }

  void print(PrintWriter out) {
    Table done = new Table("FAULT", "TIMES");
    faults.forEach((kind, times) -> done.row(kind.words(), Integer.toString(times)));
    done.print(out);
    out.println();
    Table table = new Table("GUARANTEE", "STATE", "FIGURES");
    findings.forEach(one -> table.row(one.guarantee(), words(one.state()), one.figures()));
    table.print(out);
    for (Finding finding : findings) {
      finding.violations().stream()
          .limit(MOST_VIOLATIONS)
          .forEach(violation -> out.println("  " + finding.guarantee() + ": " + violation));
      if (finding.violations().size() > MOST_VIOLATIONS) {
        out.printf(Locale.ROOT, "  and %,d more%n", finding.violations().size() - MOST_VIOLATIONS);
      }
    }
    failures.forEach(failure -> out.println("  not brought about: " + failure));
  }

  private static String words(Finding.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
