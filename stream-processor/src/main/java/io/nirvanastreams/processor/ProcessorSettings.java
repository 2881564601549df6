package io.nirvanastreams.processor;

import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.image.ImageLimits;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.openset.grouping.GroupingSettings;
import io.nirvanastreams.processor.alarm.AlarmOptions;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.consensus.ConsensusOptions;
import io.nirvanastreams.processor.gauge.GaugeOptions;
import io.nirvanastreams.processor.group.GroupingOptions;
import io.nirvanastreams.processor.model.ModelTrust;
import io.nirvanastreams.processor.recognise.AnswerOptions;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.stores.blob.BlobStores;
import io.nirvanastreams.stores.s3.S3Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * All settings of a processor instance, checked. Immutable; safe from any thread.
 *
 * <p>Settings that begin with {@value #KAFKA_PREFIX} go to Kafka Streams and its clients without
 * that prefix and win over the processor's own choices, save those that its promises rest on;
 * settings that begin with {@value #REGISTRY_PREFIX} go to the registry's client.
 */
public final class ProcessorSettings {
  /** Start of the names of settings that are passed on to Kafka. */
  public static final String KAFKA_PREFIX = "kafka.";

  /** Start of the names of settings that are passed on to the registry's client. */
  public static final String REGISTRY_PREFIX = "registry.";

  /** Name of the setting with the blob store. */
  public static final String BLOB_STORE = "blob.store";

  /** Name of the setting with the folder for copies of weights. */
  public static final String BLOB_CACHE = "blob.cache";

  /** Name of the setting with the file of trusted keys. */
  public static final String TRUSTED_KEYS = "models.trusted.keys";

  /** Name of the setting that allows unsigned models. */
  public static final String UNSIGNED_MODELS = "models.unsigned.allowed";

  /** Name of the setting with the server of S3-compatible storage. */
  public static final String S3_ENDPOINT = "s3.endpoint";

  /** Name of the setting with the region of S3-compatible storage. */
  public static final String S3_REGION = "s3.region";

  /** Name of the setting with the model's name. */
  public static final String MODEL_NAME = "model.name";

  /** Name of the setting with the topic prefix. */
  public static final String TOPIC_PREFIX = "topic.prefix";

  /** Name of the setting with the instance's id. */
  public static final String INSTANCE_ID = "instance.id";

  private static final String HIDDEN = "[hidden]";
  private static final Pattern IN_URL = Pattern.compile("://[^/@\\s]*@");

  private final AbstractConfig config;
  private final Map<String, String> kafka;
  private final Map<String, String> registry;

  private ProcessorSettings(
      AbstractConfig config, Map<String, String> kafka, Map<String, String> registry) {
    this.config = config;
    this.kafka = Map.copyOf(kafka);
    this.registry = Map.copyOf(registry);
  }

  /**
   * Checks settings.
   *
   * @param values by name; see {@link #definition()}
   * @throws ConfigException when one is missing, unknown or out of its range
   */
  public static ProcessorSettings of(Map<String, ?> values) {
    Map<String, String> own = new HashMap<>();
    Map<String, String> kafka = new HashMap<>();
    Map<String, String> registry = new HashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(KAFKA_PREFIX)) {
            kafka.put(name.substring(KAFKA_PREFIX.length()), String.valueOf(value));
          } else if (name.startsWith(REGISTRY_PREFIX)) {
            registry.put(name.substring(REGISTRY_PREFIX.length()), String.valueOf(value));
          } else if (SettingDefinitions.ALL.names().contains(name)) {
            own.put(name, String.valueOf(value));
          } else {
            throw new ConfigException("setting '" + name + "' does not exist");
          }
        });
    ProcessorSettings settings =
        new ProcessorSettings(
            new AbstractConfig(SettingDefinitions.ALL, own, false), kafka, registry);
    settings.checkTogether();
    return settings;
  }

  /** All settings with type, default, check and explanation. */
  public static ConfigDef definition() {
    return new ConfigDef(SettingDefinitions.ALL);
  }

  /** Name of the application. */
  public String applicationId() {
    return config.getString("application.id");
  }

  /** Brokers to begin with. */
  public String bootstrapServers() {
    return config.getString("bootstrap.servers");
  }

  /** Name of this instance. */
  public String instanceId() {
    return config.getString(INSTANCE_ID);
  }

  /** Name of the model that answers. */
  public String modelName() {
    return config.getString(MODEL_NAME);
  }

  /** The topics. */
  public Topics topics() {
    return Topics.withPrefix(config.getString(TOPIC_PREFIX));
  }

  /** The blob store with the models' weights, as {@link BlobStores} opens it. */
  public String blobStore() {
    return config.getString(BLOB_STORE);
  }

  /** Folder for copies of weights that lie elsewhere. */
  public Path blobCache() {
    String folder = config.getString(BLOB_CACHE);
    return folder.isEmpty() ? stateDir().resolve("blobs") : Path.of(folder);
  }

  /** Whose models may answer. */
  public ModelTrust trust() {
    String keys = config.getString(TRUSTED_KEYS);
    return new ModelTrust(
        keys.isEmpty() ? null : Path.of(keys), config.getBoolean(UNSIGNED_MODELS));
  }

  /** How to reach S3-compatible storage. */
  public S3Settings s3() {
    return S3Settings.of(config.getString(S3_ENDPOINT), config.getString(S3_REGION));
  }

  /** Folder of this instance's state. */
  public Path stateDir() {
    return Path.of(config.getString("state.dir"));
  }

  /** The file that names the images in work, for the start after a sudden death. */
  public Path decodeJournal() {
    return stateDir().resolve("decoding-" + applicationId() + "-" + instanceId());
  }

  /** Folders and places in S3-compatible storage that images given by reference must lie in. */
  public List<String> imagesRoots() {
    return config.getList("images.roots");
  }

  /** What images may ask for. */
  public ImageLimits imageLimits() {
    return new ImageLimits(
        config.getInt("decode.max.bytes"),
        config.getLong("decode.max.pixels"),
        config.getDouble("decode.max.aspect"),
        config.getInt("decode.max.frames"));
  }

  /** Longest time that a version may take until it is ready. */
  public Duration loadTimeout() {
    return Duration.ofMillis(config.getLong("model.load.timeout.ms"));
  }

  /** Threads that read and write Kafka. */
  public int streamThreads() {
    return config.getInt("stream.threads");
  }

  /** Milliseconds between two transactions. */
  public long commitIntervalMillis() {
    return config.getLong("commit.interval.ms");
  }

  /** Most images of one poll. */
  public int pollRecords() {
    return config.getInt("poll.records");
  }

  /** Where and how networks run. */
  public EmbedderOptions embedder() {
    return new EmbedderOptions(
        config.getString("device"),
        config.getInt("batch.fixed"),
        batch().maxBatch(),
        ExecutionSettings.of(config.getString("execution"), config.getString("precision")));
  }

  /** Bounds of the scheduler. */
  public BatchSettings batch() {
    return new BatchSettings(
        config.getInt("batch.max"), config.getInt("queue.max"), config.getInt("decode.threads"));
  }

  /** Batches in the network at once; 0 for as many as suit the device. */
  public int inferenceThreads() {
    return config.getInt("inference.threads");
  }

  /** How unknowns become groups and alerts. */
  public GroupingOptions grouping() {
    return new GroupingOptions(
        new GroupingSettings(
            config.getDouble("grouping.join.distance"),
            config.getDouble("grouping.merge.distance"),
            config.getInt("grouping.minimum.size"),
            config.getInt("grouping.maximum.clusters"),
            config.getInt("grouping.exemplars")),
        config.getInt("grouping.exemplar.max.bytes"),
        Duration.ofMillis(config.getLong("alerts.cooldown.ms")),
        new GroupingOptions.Flood(
            Duration.ofMillis(config.getLong("alerts.flood.window.ms")),
            config.getDouble("alerts.flood.share"),
            config.getInt("alerts.flood.minimum")),
        answers().alarms().enabled() && answers().alarms().gatesAlerts());
  }

  /** What is added to the answers. */
  public AnswerOptions answers() {
    return new AnswerOptions(
        ConsensusOptions.of(
            config.getInt("consensus.frames"),
            config.getInt("consensus.votes"),
            config.getString("consensus.track"),
            Duration.ofMillis(config.getLong("consensus.expiry.ms")),
            config.getInt("consensus.maximum.tracks"),
            config.getBoolean("consensus.gates.novelties")),
        new AlarmOptions(
            config.getBoolean("alarms.enabled"),
            config.getDouble("alarms.budget"),
            config.getInt("alarms.maximum.sources"),
            config.getBoolean("alarms.gate.alerts")));
  }

  /** How false unknowns are counted. */
  public GaugeOptions gauge() {
    return new GaugeOptions(config.getInt("gauge.events"), config.getInt("gauge.sample"));
  }

  /** Settings passed on to Kafka, without their prefix. */
  public Map<String, String> kafka() {
    return kafka;
  }

  /** Serdes with the registry's settings. */
  public AvroSerdes serdes() {
    Map<String, Object> settings = new HashMap<>(registry);
    settings.put(AvroSerdes.SCHEMA_REGISTRY_URL, config.getString(AvroSerdes.SCHEMA_REGISTRY_URL));
    settings.put(AvroSerdes.AUTO_REGISTER, config.getBoolean(AvroSerdes.AUTO_REGISTER));
    return new AvroSerdes(settings);
  }

  /** All settings in force by name, to be shown to people; secrets are masked. */
  public Map<String, String> effective() {
    Map<String, String> all = new TreeMap<>();
    config.values().forEach((name, value) -> all.put(name, masked(name, String.valueOf(value))));
    kafka.forEach((name, value) -> all.put(KAFKA_PREFIX + name, masked(name, value)));
    registry.forEach((name, value) -> all.put(REGISTRY_PREFIX + name, masked(name, value)));
    return all;
  }

  private void checkTogether() {
    try {
      var unused =
          List.of(
              batch(),
              topics(),
              grouping(),
              embedder(),
              answers(),
              imageLimits(),
              s3(),
              BlobStores.checked(blobStore()));
      checkExemplars();
      StartCheck.pollInterval(kafka, loadTimeout());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /** A group is one record, its exemplars' images with it. */
  private void checkExemplars() {
    int most = Topics.MAX_MESSAGE_BYTES / 2;
    long bytes =
        1L * config.getInt("grouping.exemplars") * config.getInt("grouping.exemplar.max.bytes");
    if (bytes > most) {
      throw new IllegalArgumentException(
          "grouping.exemplars x grouping.exemplar.max.bytes is "
              + bytes
              + "; at most "
              + most
              + " fit into a record");
    }
  }

  private static String masked(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean secret =
        lower.contains("password")
            || lower.contains("secret")
            || lower.contains("jaas")
            || lower.contains("token")
            || lower.contains("user.info")
            || lower.contains("credential")
            || lower.contains("key");
    return secret ? HIDDEN : IN_URL.matcher(value).replaceAll("://" + HIDDEN + "@");
  }
}
