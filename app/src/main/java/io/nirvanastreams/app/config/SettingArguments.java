package io.nirvanastreams.app.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Options whose values are each a properties file or one KEY=VALUE. Stateless. */
public final class SettingArguments {
  private SettingArguments() {}

  /**
   * The settings that the values give together; later ones win.
   *
   * @param option for messages
   * @throws UsageException when a file cannot be read or a key is empty
   */
  public static Map<String, String> parse(String option, Collection<String> values) {
    Map<String, String> settings = new TreeMap<>();
    for (String value : values) {
      int equals = value.indexOf('=');
      if (equals < 0) {
        settings.putAll(ConfigFile.read(Path.of(value)));
      } else if (equals == 0) {
        throw new UsageException(option + " '" + value + "' has no key; write KEY=VALUE");
      } else {
        settings.put(value.substring(0, equals).trim(), value.substring(equals + 1).trim());
      }
    }
    return settings;
  }
}
