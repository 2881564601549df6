package io.nirvanastreams.app.reference;

import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.app.management.ClusterWatches;
import io.nirvanastreams.app.management.ConsoleMeters;
import io.nirvanastreams.app.management.ProcessMeters;
import io.nirvanastreams.app.management.TrainerMeters;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.trainer.retrain.RetrainingStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes docs/metrics.md from what the three services show on /metrics before they start. */
final class MetricsPage {
  /** Of the metrics that libraries bring, those that the boards and rules here rest on. */
  private static final List<String> OF_LIBRARIES =
      List.of(
          "jvm_memory_used_bytes",
          "jvm_memory_max_bytes",
          "jvm_threads_live_threads",
          "kafka_consumer_fetch_manager_records_lag_max",
          "kafka_consumer_fetch_manager_records_consumed_rate",
          "kafka_consumer_coordinator_rebalance_total",
          "kafka_stream_thread_process_ratio",
          "kafka_stream_thread_commit_latency_avg",
          "process_cpu_usage",
          "process_files_open_files",
          "process_uptime_seconds");

  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private MetricsPage() {}

  /** One name of the page. */
  private static final class Family {
    private String help = "";
    private String type = "";
    private final TreeSet<String> labels = new TreeSet<>();
  }

  /** The page. */
  static String write(Path folder) {
    Map<String, Family> processor = new TreeMap<>(processor(folder));
    Map<String, Family> trainer =
        show(
            meters ->
                new TrainerMeters(
                    meters.registry(),
                    "default",
                    new RetrainingStatus(
                        true, false, Map.of("cone", 1), 0, 0, 0, Duration.ZERO, "")));
    Map<String, Family> console =
        show(
            meters ->
                new ConsoleMeters(meters.registry(), new ConsoleView(Clock.systemUTC()).state()));
    Map<String, Family> every = show(ClusterWatches::bindOne);
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            Generated from the code; do not edit. `mvn -pl app -am test -Dtest=ReferencePagesTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dnirvana.docs.write=true` writes it again.

            `nirvana process`, `nirvana retrain` and `nirvana console` serve these at `/metrics` of
            `--management-address`, in Prometheus' text format. A name of type summary or histogram
            also has `_count` and `_sum`, a histogram `_bucket`. Counters count attempts: the work of
            an aborted transaction is counted again when it is repeated, so the topics are the truth
            and these are the rates.
            """);
    table(page, "Every service", ours(every).entrySet());
    table(page, "Processor", without(ours(processor), ours(every)).entrySet());
    table(page, "Trainer", without(ours(trainer), ours(every)).entrySet());
    table(page, "Console", without(ours(console), ours(every)).entrySet());
    page.append(
        """

        ## Of the Java machine, of Kafka and of Kafka Streams

        Micrometer's binders add `jvm_`, `process_` and `system_` to every service; the processor
        also shows every metric of Kafka Streams and of its consumers, producers and admin client
        under `kafka_`, but not one series for every broker. Their names are Micrometer's and
        Kafka's to change. Boards and rules here use:

        """);
    for (String name : OF_LIBRARIES) {
      if (!processor.containsKey(name)) {
        throw new AssertionError(
            name + " is not shown; there are " + without(processor, ours(processor)).keySet());
      }
      page.append("- `").append(name).append("` (").append(processor.get(name).type).append(")\n");
    }
    return page.toString();
  }

  private static Map<String, Family> processor(Path folder) {
    ProcessorSettings settings =
        ProcessorSettings.of(
            Map.of(
                "bootstrap.servers",
                "localhost:1",
                "schema.registry.url",
                "mock://metrics",
                "blob.store",
                folder.resolve("blobs").toString(),
                "state.dir",
                folder.resolve("state").toString(),
                "model.name",
                "default"));
    try (ProcessMeters meters = ProcessMeters.open("processor", "1");
        StreamProcessor processor =
            new StreamProcessor(
                settings,
                version -> {
                  throw new IllegalStateException("nothing is loaded here");
                },
                meters.registry());
        var ofKafka = processor.kafkaMeters()) {
      ofKafka.bindTo(meters.registry());
      return families(meters.scrape());
    }
  }

  private static Map<String, Family> show(Consumer<ProcessMeters> what) {
    try (ProcessMeters meters = ProcessMeters.open("any", "1")) {
      what.accept(meters);
      return families(meters.scrape());
    }
  }

  private static Map<String, Family> families(String scrape) {
    Map<String, Family> families = new TreeMap<>();
    Family now = new Family();
    for (String line : scrape.lines().toList()) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      if (help.matches()) {
        now = families.computeIfAbsent(help.group(1), any -> new Family());
        now.help = help.group(2).strip();
      } else if (type.matches()) {
        now = families.computeIfAbsent(type.group(1), any -> new Family());
        now.type = type.group(2);
      } else {
        Matcher label = LABEL.matcher(line);
        while (label.find()) {
          now.labels.add(label.group(1));
        }
      }
    }
    families.values().forEach(family -> family.labels.remove("le"));
    return families;
  }

  private static Map<String, Family> ours(Map<String, Family> all) {
    Map<String, Family> ours = new TreeMap<>(all);
    ours.keySet().removeIf(name -> !name.startsWith("nirvana_"));
    return ours;
  }

  private static Map<String, Family> without(Map<String, Family> all, Map<String, Family> some) {
    Map<String, Family> rest = new TreeMap<>(all);
    rest.keySet().removeAll(some.keySet());
    return rest;
  }

  private static void table(
      StringBuilder page, String title, Collection<Map.Entry<String, Family>> families) {
    page.append("\n## ").append(title).append("\n\n| name | type | labels | what |\n");
    page.append("|---|---|---|---|\n");
    families.forEach(
        family ->
            page.append("| `")
                .append(family.getKey())
                .append("` | ")
                .append(family.getValue().type)
                .append(" | ")
                .append(String.join(", ", family.getValue().labels))
                .append(" | ")
                .append(family.getValue().help)
                .append(" |\n"));
  }
}
