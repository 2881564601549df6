package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.SettingArguments;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that talk to a cluster. For use as a mixin. */
public final class KafkaOptions {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaOptions.class);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,...]",
      defaultValue = "localhost:9092",
      description = "Kafka brokers to connect to first (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8081",
      description = "Schema registry with Confluent's API (default: ${DEFAULT-VALUE}).")
  private String schemaRegistryUrl;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE|KEY=VALUE",
      description =
          "Further settings of Kafka's and the registry's clients: a properties file or one"
              + " setting; may be repeated, later ones win.")
  private List<String> kafkaConfig = new ArrayList<>();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "Start of all topic names (default: ${DEFAULT-VALUE}).")
  private String topicPrefix;

  /**
   * What the user named.
   *
   * @throws UsageException when the prefix or a setting is wrong
   */
  public ClusterAccess access() {
    Map<String, String> settings = new TreeMap<>();
    if (command.commandLine().getDefaultValueProvider() instanceof LayeredDefaults defaults) {
      settings.putAll(defaults.config().kafka());
    }
    settings.putAll(SettingArguments.parse("--kafka-config", kafkaConfig));
    try {
      Topics topics = Topics.withPrefix(topicPrefix);
      ClusterAccess access =
          new ClusterAccess(bootstrapServers, schemaRegistryUrl, topics, settings);
      LOG.info("cluster: {}", access.description());
      return access;
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Whether the user named a cluster at all, on the command line, in the environment or a file. */
  public boolean named() {
    OptionSpec option = command.findOption("--bootstrap-servers");
    return command.commandLine().getParseResult().hasMatchedOption(option)
        || (command.commandLine().getDefaultValueProvider() instanceof LayeredDefaults defaults
            && defaults.find(option).isPresent());
  }

  /** What the user named, after making sure that it answers. */
  public ClusterAccess reachable() {
    return access().reachable();
  }
}
