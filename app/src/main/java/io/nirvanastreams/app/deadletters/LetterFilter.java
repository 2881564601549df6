package io.nirvanastreams.app.deadletters;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * Which dead letters are meant; all conditions hold together. Immutable.
 *
 * @param ids only these; empty for any
 * @param reason part of the reason, in small or capital letters; empty for any
 * @param source the record's key; null for any
 * @param since the first moment that is meant
 * @param until the first moment that is not meant any more
 */
public record LetterFilter(
    Set<LetterId> ids, String reason, String source, Instant since, Instant until) {
  /** Copies the ids. */
  public LetterFilter {
    ids = Set.copyOf(ids);
  }

  /** Whether every letter is meant. */
  public boolean isOpen() {
    return ids.isEmpty()
        && reason.isEmpty()
        && source == null
        && since.equals(Instant.MIN)
        && until.equals(Instant.MAX);
  }

  boolean matches(Letter letter) {
    return (ids.isEmpty() || ids.contains(letter.id()))
        && contains(letter.reason(), reason)
        && (source == null || source.equals(letter.source()))
        && !letter.time().isBefore(since)
        && letter.time().isBefore(until);
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
