package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.deadletters.LetterFilter;
import io.nirvanastreams.app.deadletters.LetterId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that choose dead letters. For use as a mixin. */
public final class LetterOptions {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only those whose reason has this text.")
  private String reason;

  @Option(
      names = "--source",
      paramLabel = "ID",
      description = "Only those of this source, that is with this record key.")
  private String source;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those from then on: 2026-01-31T12:00:00Z, or 90m, 6h or 2d ago.")
  private String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only those before then, written as for --since.")
  private String until;

  LetterFilter filter(Collection<String> ids, Instant now) {
    Set<LetterId> chosen = new HashSet<>();
    ids.forEach(id -> chosen.add(LetterId.of(id)));
    return new LetterFilter(
        chosen,
        reason,
        source,
        time("--since", since, now, Instant.MIN),
        time("--until", until, now, Instant.MAX));
  }

  /** A time as people write it: at, or ago. */
  static Instant time(String option, String text, Instant now, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      if (text.matches("\\d{1,6}[dhm]")) {
        String duration = text.toUpperCase(Locale.ROOT);
        return now.minus(Duration.parse((duration.endsWith("D") ? "P" : "PT") + duration));
      }
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          option + " is '" + text + "'; give a time such as 2026-01-31T12:00:00Z, or 6h", e);
    }
  }
}
