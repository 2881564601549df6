package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.ThresholdOverride;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import picocli.CommandLine.Option;

/** The options of commands that change a target. For use as a mixin. */
public final class OverrideOptions {
  private static final int ID_LENGTH = 8;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--source",
      paramLabel = "ID",
      defaultValue = "",
      description = "The source that it is for (default: every source).")
  private String source;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The nearest class that it is for (default: every class).")
  private String className;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Record time of images from which it holds, such as 2026-01-31T12:00:00Z (default: in a"
              + " few seconds, when every processor has heard of it).")
  private String from;

  @Option(names = "--reason", defaultValue = "set by hand", description = "Why.")
  private String reason;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  String name() {
    return name;
  }

  String source() {
    return source;
  }

  String className() {
    return className;
  }

  /** Whose target is changed, for people. */
  String subject() {
    return (className.isEmpty() ? "every class" : "class " + className)
        + " of "
        + (source.isEmpty() ? "every source" : "source " + source);
  }

  /**
   * A change with a new id, without values.
   *
   * @throws UsageException when it would hold for images that are answered already
   */
  ThresholdOverride.Builder change(Clock clock) {
    Instant now = clock.instant();
    Instant soonest = now.plus(ModelPromotions.DEFAULT_MARGIN);
    Instant effective = from == null ? soonest : parsed();
    if (effective.isBefore(soonest)) {
      throw new UsageException(
          "--from is too early: answers are not changed afterwards; take a time after " + soonest);
    }
    return ThresholdOverride.newBuilder()
        .setName(name)
        .setOverrideId(UUID.randomUUID().toString().substring(0, ID_LENGTH))
        .setSourceId(source)
        .setClassName(className)
        .setEffectiveFrom(effective.truncatedTo(ChronoUnit.MILLIS))
        .setReason(reason)
        .setAuthor(author)
        .setDecidedAt(now.truncatedTo(ChronoUnit.MILLIS));
  }

  private Instant parsed() {
    try {
      return Instant.parse(from);
    } catch (DateTimeParseException e) {
      throw new UsageException("--from '" + from + "' is no time such as 2026-01-31T12:00:00Z", e);
    }
  }
}
