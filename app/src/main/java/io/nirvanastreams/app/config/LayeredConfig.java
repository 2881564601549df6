package io.nirvanastreams.app.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values from the environment and from a properties file, by option name. What the command line
 * gives goes first and is not seen here; defaults come after. Immutable; safe from any thread.
 *
 * <p>The option {@code --topic-prefix} is {@code NIRVANA_TOPIC_PREFIX} in the environment, and
 * {@code topic-prefix} or {@code topic.prefix} in a file. Settings of Kafka's clients are {@code
 * NIRVANA_KAFKA_SECURITY_PROTOCOL} and {@code kafka.security.protocol}.
 */
public final class LayeredConfig {
  /** Start of the names of environment variables. */
  public static final String ENVIRONMENT_PREFIX = "NIRVANA_";

  /** Start of the file's keys for settings of Kafka's clients. */
  public static final String KAFKA_PREFIX = "kafka.";

  private static final String KAFKA_ENVIRONMENT_PREFIX = ENVIRONMENT_PREFIX + "KAFKA_";
  private static final String KAFKA_OPTION = "kafka-config";

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final Path path;

  private LayeredConfig(Map<String, String> environment, Map<String, String> file, Path path) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
    this.path = path;
  }

  /** A value and where it comes from: an environment variable's or a file's name. */
  public record Found(String value, String origin) {}

  /**
   * The layers below these arguments; the file is the one that {@code --config} or {@code
   * NIRVANA_CONFIG} names.
   *
   * @throws UsageException when that file cannot be read
   */
  public static LayeredConfig of(List<String> arguments, Map<String, String> environment) {
    String name = configArgument(arguments);
    if (name == null) {
      name = environment.get(ENVIRONMENT_PREFIX + "CONFIG");
    }
    if (name == null || name.isBlank()) {
      return new LayeredConfig(environment, Map.of(), null);
    }
    Path path = Path.of(name);
    return new LayeredConfig(environment, ConfigFile.read(path), path);
  }

  /** The value of an option, given by its long name without dashes. */
  public Optional<Found> find(String option) {
    String variable =
        ENVIRONMENT_PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    String value = environment.get(variable);
    if (value != null) {
      return Optional.of(new Found(value, variable));
    }
    for (Map.Entry<String, String> entry : file.entrySet()) {
      if (normal(entry.getKey()).equals(option)) {
        return Optional.of(new Found(entry.getValue(), path.toString()));
      }
    }
    return Optional.empty();
  }

  /** Settings of Kafka's clients; the environment's before the file's. */
  public Map<String, String> kafka() {
    Map<String, String> settings = new TreeMap<>();
    file.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_PREFIX)) {
            settings.put(key.substring(KAFKA_PREFIX.length()), value);
          }
        });
    environment.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_ENVIRONMENT_PREFIX) && !key.equals("NIRVANA_KAFKA_CONFIG")) {
            String name = key.substring(KAFKA_ENVIRONMENT_PREFIX.length());
            settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    return settings;
  }

  /**
   * Refuses keys of the file that no option has: a typing error must not pass for a default.
   *
   * @param options long names without dashes of all options of all commands
   */
  public void refuseUnknownKeys(Collection<String> options) {
    for (String key : file.keySet()) {
      boolean kafka = key.startsWith(KAFKA_PREFIX) || normal(key).equals(KAFKA_OPTION);
      if (!kafka && !options.contains(normal(key))) {
        throw new UsageException(
            path + " has the key '" + key + "', which no option has; correct or remove it");
      }
    }
  }

  private static String normal(String key) {
    return key.replace('.', '-');
  }

  private static String configArgument(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        return null;
      }
      if (argument.startsWith("--config=")) {
        return argument.substring("--config=".length());
      }
      if (argument.equals("--config") && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
    }
    return null;
  }
}
