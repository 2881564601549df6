package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people write them. Stateless. */
final class ReplayTimes {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

  private ReplayTimes() {}

  /**
   * A moment: ISO 8601 with or without a zone (then UTC), a day, or a time ago such as 90m.
   *
   * @param option for messages
   * @throws UsageException when it is none of these
   */
  static Instant parse(String option, String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long number = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          option
              + " '"
              + text
              + "' is no time; write 2026-01-31, 2026-01-31T10:00:00Z, or a time ago such as 90m",
          e);
    }
  }
}
