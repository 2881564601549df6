package io.nirvanastreams.processor;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.nirvanastreams.embedding.image.ImageLimits;
import io.nirvanastreams.processor.consensus.ConsensusOptions;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigException;

/** Every setting of the processor: name, type, default, check, explanation. */
final class SettingDefinitions {
  static final ConfigDef ALL =
      new ConfigDef()
          .define(
              "bootstrap.servers",
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new NonEmptyString(),
              Importance.HIGH,
              "Brokers to begin with, host:port, separated by commas.")
          .define(
              AvroSerdes.SCHEMA_REGISTRY_URL,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new NonEmptyString(),
              Importance.HIGH,
              "URL of the schema registry, path included.")
          .define(
              AvroSerdes.AUTO_REGISTER,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.MEDIUM,
              "Whether this instance may register schemas.")
          .define(
              ProcessorSettings.BLOB_STORE,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new NonEmptyString(),
              Importance.HIGH,
              "Blob store with the models' weights: the path of a folder, kafka: for the topic of"
                  + " weights, or s3://BUCKET/PREFIX.")
          .define(
              ProcessorSettings.BLOB_CACHE,
              ConfigDef.Type.STRING,
              "",
              Importance.LOW,
              "Folder for copies of weights that lie elsewhere; empty for one below state.dir.")
          .define(
              ProcessorSettings.TRUSTED_KEYS,
              ConfigDef.Type.STRING,
              "",
              Importance.HIGH,
              "File with the public Ed25519 keys, as PEM, of those whose models may answer.")
          .define(
              ProcessorSettings.UNSIGNED_MODELS,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.MEDIUM,
              "Whether a model whose manifest has no signature may answer.")
          .define(
              ProcessorSettings.S3_ENDPOINT,
              ConfigDef.Type.STRING,
              "",
              Importance.LOW,
              "URL of S3-compatible storage other than AWS; empty for AWS. Credentials come from"
                  + " where the AWS SDK looks for them.")
          .define(
              ProcessorSettings.S3_REGION,
              ConfigDef.Type.STRING,
              "",
              Importance.LOW,
              "Region of S3-compatible storage; empty for what the AWS SDK finds.")
          .define(
              "state.dir",
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new NonEmptyString(),
              Importance.HIGH,
              "Folder of this instance alone that survives restarts.")
          .define(
              "application.id",
              ConfigDef.Type.STRING,
              "nirvana-processor",
              new NonEmptyString(),
              Importance.HIGH,
              "Name of the application; its instances share the work.")
          .define(
              ProcessorSettings.INSTANCE_ID,
              ConfigDef.Type.STRING,
              "1",
              ConfigDef.LambdaValidator.with(
                  (name, value) -> checkInstance(name, String.valueOf(value)),
                  () -> "letters, digits, '.', '_', '-'"),
              Importance.HIGH,
              "Name of this instance, the same after a restart; unlike all others.")
          .define(
              ProcessorSettings.TOPIC_PREFIX,
              ConfigDef.Type.STRING,
              Topics.DEFAULT_PREFIX,
              new NonEmptyString(),
              Importance.MEDIUM,
              "Start of all topic names.")
          .define(
              ProcessorSettings.MODEL_NAME,
              ConfigDef.Type.STRING,
              "default",
              new NonEmptyString(),
              Importance.HIGH,
              "Name of the model whose live version answers.")
          .define(
              "model.load.timeout.ms",
              ConfigDef.Type.LONG,
              120_000L,
              between(100, 240_000),
              Importance.LOW,
              "Longest time that a promoted version may take until it is ready; then it is refused."
                  + " Below the consumers' max.poll.interval.ms, since images may wait as long.")
          .define(
              "stream.threads",
              ConfigDef.Type.INT,
              2,
              between(1, 64),
              Importance.MEDIUM,
              "Threads that read and write Kafka.")
          .define(
              "commit.interval.ms",
              ConfigDef.Type.LONG,
              30L,
              atLeast(1),
              Importance.MEDIUM,
              "Time between two transactions; most of the latency of an answer.")
          .define(
              "poll.records",
              ConfigDef.Type.INT,
              128,
              between(1, 10_000),
              Importance.LOW,
              "Most images of one poll, which are submitted together.")
          .define(
              "batch.max",
              ConfigDef.Type.INT,
              64,
              between(1, 4096),
              Importance.MEDIUM,
              "Most images of one forward pass; 'nirvana processor set' moves it while images"
                  + " flow.")
          .define(
              "batch.fixed",
              ConfigDef.Type.INT,
              0,
              between(0, 4096),
              Importance.MEDIUM,
              "When above 0, every forward pass is filled up to this size, so that an answer does"
                  + " not depend on its batch.")
          .define(
              "queue.max",
              ConfigDef.Type.INT,
              1024,
              between(1, 1_000_000),
              Importance.LOW,
              "Most images submitted and not answered; polling waits beyond. 'nirvana processor"
                  + " set' moves it while images flow.")
          .define(
              "decode.threads",
              ConfigDef.Type.INT,
              2,
              between(1, 256),
              Importance.MEDIUM,
              "Threads that decode images.")
          .define(
              "device",
              ConfigDef.Type.STRING,
              "auto",
              ConfigDef.LambdaValidator.with(
                  (name, value) -> checkDevice(name, String.valueOf(value)),
                  () -> "cpu, gpu:N or auto"),
              Importance.MEDIUM,
              "Where networks run: cpu, gpu:N, or auto for a GPU where there is one.")
          .define(
              "execution",
              ConfigDef.Type.STRING,
              "auto",
              ConfigDef.ValidString.in("auto", "blocks", "graph"),
              Importance.LOW,
              "How the layers of a network are carried out: one by one (blocks), as one generated"
                  + " graph (graph), or as is measured to be faster when it is loaded (auto; blocks"
                  + " where batch.fixed is above 0, so that every run takes the same).")
          .define(
              "precision",
              ConfigDef.Type.STRING,
              "fp32",
              ConfigDef.ValidString.in("auto", "fp32", "bf16"),
              Importance.MEDIUM,
              "How exactly networks compute: fp32, bf16 (about twice as fast where the processor"
                  + " has it; not with blocks or batch.fixed), or auto for bf16 where the model's"
                  + " probe images keep their answers in it.")
          .define(
              "images.roots",
              ConfigDef.Type.LIST,
              List.of(),
              Importance.LOW,
              "Where images given by reference must lie: folders and s3://BUCKET/PREFIX, separated"
                  + " by commas; empty allows none.")
          .define(
              "decode.max.bytes",
              ConfigDef.Type.INT,
              ImageLimits.DEFAULT.maxBytes(),
              atLeast(1),
              Importance.MEDIUM,
              "Most bytes of an encoded image; larger ones are answered UNDECODABLE.")
          .define(
              "decode.max.pixels",
              ConfigDef.Type.LONG,
              ImageLimits.DEFAULT.maxPixels(),
              between(1, 1L << 30),
              Importance.MEDIUM,
              "Most pixels of an image, as its header says them: decoding takes up to eight bytes"
                  + " for each, in every decode thread.")
          .define(
              "decode.max.aspect",
              ConfigDef.Type.DOUBLE,
              ImageLimits.DEFAULT.maxAspect(),
              atLeast(1),
              Importance.LOW,
              "Largest ratio of an image's longer to its shorter side.")
          .define(
              "decode.max.frames",
              ConfigDef.Type.INT,
              ImageLimits.DEFAULT.maxFrames(),
              atLeast(1),
              Importance.LOW,
              "Most frames or pages of an image, of which the first is decoded.")
          .define(
              "grouping.join.distance",
              ConfigDef.Type.DOUBLE,
              0.30,
              between(0, 2),
              Importance.MEDIUM,
              "Largest cosine distance to a group at which an unknown joins it.")
          .define(
              "grouping.merge.distance",
              ConfigDef.Type.DOUBLE,
              0.20,
              between(0, 2),
              Importance.MEDIUM,
              "Groups at least this near become one.")
          .define(
              "grouping.minimum.size",
              ConfigDef.Type.INT,
              10,
              atLeast(1),
              Importance.MEDIUM,
              "Unknowns that make a group; fewer are noise so far.")
          .define(
              "grouping.maximum.clusters",
              ConfigDef.Type.INT,
              256,
              atLeast(1),
              Importance.LOW,
              "Groups and candidates kept per scope; bounds the memory.")
          .define(
              "grouping.exemplars",
              ConfigDef.Type.INT,
              6,
              between(0, 64),
              Importance.LOW,
              "Images kept of a group to look at.")
          .define(
              "grouping.exemplar.max.bytes",
              ConfigDef.Type.INT,
              128 * 1024,
              between(0, 1024 * 1024),
              Importance.LOW,
              "Larger images are not kept as exemplars.")
          .define(
              "alerts.cooldown.ms",
              ConfigDef.Type.LONG,
              300_000L,
              atLeast(0),
              Importance.MEDIUM,
              "Shortest time between two alerts about the same group or scope, by capture time.")
          .define(
              "alerts.flood.window.ms",
              ConfigDef.Type.LONG,
              60_000L,
              atLeast(1),
              Importance.LOW,
              "Time over which the share of unknowns is looked at, by capture time.")
          .define(
              "alerts.flood.share",
              ConfigDef.Type.DOUBLE,
              0.8,
              between(0, 1),
              Importance.LOW,
              "Share of unknowns in that time that is a flood.")
          .define(
              "alerts.flood.minimum",
              ConfigDef.Type.INT,
              100,
              atLeast(1),
              Importance.LOW,
              "Answers in that time without which there is no flood.")
          .define(
              "consensus.frames",
              ConfigDef.Type.INT,
              0,
              between(0, ConsensusOptions.MOST_FRAMES),
              Importance.MEDIUM,
              "Images of a track, the newest ones, that vote; 0 switches consensus off.")
          .define(
              "consensus.votes",
              ConfigDef.Type.INT,
              0,
              between(0, ConsensusOptions.MOST_FRAMES),
              Importance.LOW,
              "Votes that make a consensus, more than half of consensus.frames; 0 for the smallest"
                  + " majority.")
          .define(
              "consensus.track",
              ConfigDef.Type.STRING,
              "source",
              new NonEmptyString(),
              Importance.LOW,
              "What a track is: source, or attribute:NAME for an attribute of the images of one"
                  + " source.")
          .define(
              "consensus.expiry.ms",
              ConfigDef.Type.LONG,
              10_000L,
              atLeast(0),
              Importance.LOW,
              "Images older than this vote no more, by record time.")
          .define(
              "consensus.maximum.tracks",
              ConfigDef.Type.INT,
              1000,
              atLeast(1),
              Importance.LOW,
              "Tracks kept per partition; bounds the memory.")
          .define(
              "consensus.gates.novelties",
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.MEDIUM,
              "Whether an unknown image is grouped and alerted about only where the consensus of"
                  + " its track is unknown as well.")
          .define(
              "alarms.enabled",
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.MEDIUM,
              "Whether answers say which unknowns raise an alarm within a budget per source.")
          .define(
              "alarms.budget",
              ConfigDef.Type.DOUBLE,
              0.1,
              between(0, 0.999),
              Importance.MEDIUM,
              "Share of false alarms among the alarms of a source that is aimed at; 0 leaves"
                  + " budgets to overrides alone.")
          .define(
              "alarms.maximum.sources",
              ConfigDef.Type.INT,
              1000,
              atLeast(1),
              Importance.LOW,
              "Sources kept per partition; one that was forgotten begins its budget anew.")
          .define(
              "alarms.gate.alerts",
              ConfigDef.Type.BOOLEAN,
              true,
              Importance.LOW,
              "Whether alerts about new and growing groups wait for an image that raises an alarm,"
                  + " where alarms are enabled.")
          .define(
              "gauge.events",
              ConfigDef.Type.INT,
              4096,
              between(0, 1_000_000),
              Importance.LOW,
              "Answers kept per partition to be found again when a person labels their image, for"
                  + " the measured rate of false unknowns; 0 switches the gauge off.")
          .define(
              "gauge.sample",
              ConfigDef.Type.INT,
              16,
              atLeast(1),
              Importance.LOW,
              "Of the answers known, one in so many is kept for the gauge; of the unknown, all.");

  private SettingDefinitions() {}

  private static void checkInstance(String name, String value) {
    if (!value.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new ConfigException(name, value, "only letters, digits, '.', '_' and '-'");
    }
  }

  private static void checkDevice(String name, String value) {
    if (!value.matches("cpu|auto|gpu:\\d{1,3}")) {
      throw new ConfigException(name, value, "must be cpu, gpu:N or auto");
    }
  }
}
