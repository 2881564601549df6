package io.nirvanastreams.processor;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigException;

/**
 * Every setting of the processor: name, type, default, check, explanation. Those of the answers
 * themselves are in {@link AnswerSettings}.
 */
final class SettingDefinitions {
  static final ConfigDef ALL =
      AnswerSettings.addTo(
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
                  "inference.threads",
                  ConfigDef.Type.INT,
                  0,
                  between(0, 256),
                  Importance.MEDIUM,
                  "Batches that are in the network at once, each with its share of the cores. 0: as"
                      + " many as there are cores on a CPU, where they get most done, and 1 on a GPU."
                      + " 1 gives all cores to one batch.")
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
                      + " probe images keep their answers in it."));

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
