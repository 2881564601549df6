package io.nirvanastreams.app.alerts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MQTT topic with {@code {scope}}, {@code {kind}} and {@code {group}} in it. Immutable.
 *
 * @param text the template
 */
public record TopicTemplate(String text) {
  private static final Pattern NAME = Pattern.compile("\\{([^}]*)}");
  private static final int LONGEST = 65_535;

  /**
   * Checks the template.
   *
   * @throws IllegalArgumentException when it is empty, has wildcards or another name in braces
   */
  public TopicTemplate {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      if (!names.group(1).matches("scope|kind|group")) {
        throw new IllegalArgumentException(
            "the MQTT topic has {" + names.group(1) + "}; use {scope}, {kind} or {group}");
      }
    }
    if (text.isEmpty() || text.matches(".*[+#\\u0000].*") || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the MQTT topic '" + text + "' may not be empty or have wildcards");
    }
  }

  /** The topic of an alert; what would be a level or a wildcard in a value becomes '_'. */
  public String topic(AlertMessage alert) {
    return NAME.matcher(text)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    switch (name.group(1)) {
                      case "scope" -> level(alert.scope());
                      case "kind" -> level(alert.kind());
                      default -> level(alert.groupId().isEmpty() ? "none" : alert.groupId());
                    }));
  }

  private static String level(String value) {
    return value.isEmpty() ? "_" : value.replaceAll("[/+#\\p{Cntrl}]", "_");
  }
}
