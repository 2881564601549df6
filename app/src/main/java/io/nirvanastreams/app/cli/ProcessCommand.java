package io.nirvanastreams.app.cli;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.SettingArguments;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.management.ClusterWatch;
import io.nirvanastreams.app.management.Health;
import io.nirvanastreams.app.management.ProcessMeters;
import io.nirvanastreams.processor.MixedTopologiesException;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.ProcessorStatus;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one instance of the processor until Ctrl-C. */
@Command(
    name = "process",
    description = {
      "Answer images until Ctrl-C: one instance of the processor.",
      "Start more instances, each with its own --instance-id and --state-dir, to share the work."
    })
public final class ProcessCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private BlobStoreOption blobs;
  @Mixin private ManagementOptions management;
  @Mixin private TrustOptions trust;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model that answers (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--instance-id",
      paramLabel = "ID",
      defaultValue = "1",
      description = "Name of this instance, the same after a restart (default: ${DEFAULT-VALUE}).")
  private String instanceId;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.nirvana/state",
      description = "Folder of this instance that survives restarts (default: ${DEFAULT-VALUE}).")
  private Path stateDir;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description = "Where networks run: cpu, gpu:N or auto (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--setting",
      paramLabel = "FILE|KEY=VALUE",
      description = "Another setting of the processor, such as batch.max=32; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    ProcessorSettings checked = settings(kafka.access());
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    try (Running running = new Running();
        Admin admin = access.admin();
        ClusterWatch cluster = ClusterWatch.start(admin);
        ProcessMeters meters = ProcessMeters.open("processor", Version.number());
        StreamProcessor processor = new StreamProcessor(checked, meters.registry());
        KafkaStreamsMetrics ofKafka = processor.kafkaMeters();
        ManagementOptions.Served served =
            management.serve(() -> health(processor.status()).needing(cluster), meters::scrape)) {
      ofKafka.bindTo(meters.registry());
      cluster.bindTo(meters.registry());
      served.announce(out);
      processor.start();
      out.println("Exactly-once: " + processor.guarantees() + ".");
      out.println("Waiting for model " + name + "; end with Ctrl-C.");
      watch(processor, running, out);
    }
    return 0;
  }

  private ProcessorSettings settings(ClusterAccess access) {
    Map<String, Object> values = AnsweringSettings.of(access, name, blobs, trust, device);
    values.put(ProcessorSettings.INSTANCE_ID, instanceId);
    values.put("state.dir", stateDir.toString());
    values.putAll(SettingArguments.parse("--setting", settings));
    try {
      return ProcessorSettings.of(values);
    } catch (ConfigException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Health health(ProcessorStatus status) {
    boolean failed = status.state().equals("ERROR") || status.state().equals("NOT_RUNNING");
    boolean started = !status.state().equals("CREATED");
    boolean working = status.threads() > 0;
    OptionalInt model = status.liveVersion();
    return new Health(
        started,
        !failed && (working || !started),
        status.ready() && working && model.isPresent(),
        Map.of(
            "kafkaStreams",
            status.state(),
            "streamThreads",
            Integer.toString(status.threads()),
            "liveModel",
            model.isPresent() ? Integer.toString(model.getAsInt()) : "none",
            "modelVersions",
            status.loadedVersions().toString()));
  }

  private static void watch(StreamProcessor processor, Running running, PrintWriter out)
      throws InterruptedException {
    String before = "";
    while (!running.endsWithin(LOOK_MILLIS)) {
      ProcessorStatus status = processor.status();
      if (processor.failure().orElse(null) instanceof MixedTopologiesException mixed) {
        throw mixed;
      }
      if (status.state().equals("ERROR")) {
        throw new IllegalStateException(
            "Kafka Streams failed; see the log (--log-file FILE)",
            processor.failure().orElse(null));
      }
      String line = line(status);
      if (!line.equals(before)) {
        out.println(line);
      }
      before = line;
    }
  }

  private static String line(ProcessorStatus status) {
    Map<Outcome, Long> answered = status.counts().answered();
    return String.format(
        Locale.ROOT,
        "%s  versions %s  known %,d  unknown %,d  undecodable %,d  images a batch %.1f of %s%s",
        status.ready() ? "ready" : status.state().toLowerCase(Locale.ROOT),
        status.loadedVersions(),
        answered.getOrDefault(Outcome.KNOWN, 0L),
        answered.getOrDefault(Outcome.UNKNOWN, 0L),
        answered.getOrDefault(Outcome.UNDECODABLE, 0L),
        status.counts().meanBatchSize(),
        status.settings().get("batch.max"),
        status.refused().isEmpty() ? "" : "  refused " + status.refused());
  }
}
