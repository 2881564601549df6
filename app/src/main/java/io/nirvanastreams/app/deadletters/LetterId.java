package io.nirvanastreams.app.deadletters;

import io.nirvanastreams.app.config.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dead letter lies on its topic, written as PARTITION-OFFSET. Immutable.
 *
 * @param partition partition of the dead letters' topic
 * @param offset offset in it
 */
public record LetterId(int partition, long offset) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

  /**
   * The id that a person wrote.
   *
   * @throws UsageException when it is none
   */
  public static LetterId of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          "'" + text + "' is no dead letter; ids look like 0-17, see 'nirvana dead-letters list'");
    }
    return new LetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  @Override
  public String toString() {
    return partition + "-" + offset;
  }
}
