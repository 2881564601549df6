package io.nirvanastreams.app.trial;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happened in a trial, told at once and counted. Safe from any thread. */
final class Journal {
  private final PrintWriter out;
  private final long start = System.nanoTime();
  private final Map<FaultKind, Integer> done = new EnumMap<>(FaultKind.class);
  private final List<String> failures = new ArrayList<>();

  Journal(PrintWriter out) {
    this.out = out;
  }

  /** Tells something with the time since the start. */
  synchronized void say(String format, Object... arguments) {
    out.printf(
        Locale.ROOT,
        "%6.1f s  %s%n",
        (System.nanoTime() - start) / 1e9,
        String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** A fault was brought about. */
  synchronized void done(FaultKind kind, String detail) {
    done.merge(kind, 1, Integer::sum);
    say("%s: %s", kind.words(), detail);
  }

  /** A fault could not be brought about, so that the trial is not what it claims to be. */
  synchronized void failed(FaultKind kind, Exception failure) {
    String line = kind.words() + " failed: " + failure;
    failures.add(line);
    say("%s", line);
  }

  /** How often each kind of fault was brought about. */
  synchronized Map<FaultKind, Integer> done() {
    return new EnumMap<>(done);
  }

  /** Faults that could not be brought about, in words. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }
}
