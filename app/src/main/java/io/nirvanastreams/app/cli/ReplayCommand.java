package io.nirvanastreams.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.replay.ReplayBook;
import io.nirvanastreams.app.replay.ReplayOutput;
import io.nirvanastreams.app.replay.ReplayReport;
import io.nirvanastreams.app.replay.ReplayText;
import io.nirvanastreams.app.replay.StreamAnswers;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.replay.Answerer;
import io.nirvanastreams.processor.replay.ImageRange;
import io.nirvanastreams.processor.replay.Replay;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Answers stored images again and tells what changed. */
@Command(
    name = "replay",
    description = {
      "Answer stored images again, with another model version or the same, into a topic of its own.",
      "The stream is not touched: no consumer group, no offsets, no transactions.",
      "Give --novelties to look at the open groups of unknowns instead, and close those that the"
          + " version knows by now."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ReplayOptions options;
  @Mixin private NoveltyOptions novelties;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Record time of the first image: 2026-01-31T10:00:00Z, a day, or a time ago such as 90m"
              + " (default: the oldest there is).")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Record time before which the last image lies (default: now).")
  private String to;

  @Option(
      names = "--model",
      paramLabel = "VERSION",
      description =
          "Version that answers all images (default: each by the version that was live at its"
              + " time, as in the stream).")
  private Integer version;

  @Option(
      names = "--newest-thresholds",
      description =
          "With --model: decide about all images with its newest calibration (default: each with"
              + " the calibration that held at its time, as in the stream).")
  private boolean newestThresholds;

  @Option(names = "--diff", description = "Compare with the stream's answers.")
  private boolean diff;

  @Option(names = "--source", paramLabel = "ID", description = "Only images of this source.")
  private String source;

  @Option(
      names = "--output-topic",
      paramLabel = "TOPIC",
      description = "Where the answers go (default: PREFIX.recognitions.replay.TIME).")
  private String outputTopic;

  @Option(names = "--no-output", description = "Write no answers; only count and compare.")
  private boolean noOutput;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file too.")
  private Path json;

  @Option(
      names = "--examples",
      defaultValue = "3",
      description = "Event ids shown of each change (default: ${DEFAULT-VALUE}).")
  private int examples;

  @Option(
      names = "--max-images",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "Refuse a range of more records; --diff holds about 200 bytes for each (default:"
              + " ${DEFAULT-VALUE}).")
  private long maxImages;

  @Override
  public Integer call() throws IOException, BadModelException {
    if (noOutput && outputTopic != null) {
      throw new UsageException("give either --output-topic or --no-output");
    }
    if (newestThresholds && version == null) {
      throw new UsageException("--newest-thresholds needs --model");
    }
    if (examples < 0 || maxImages < 1) {
      throw new UsageException("--examples must be at least 0, --max-images at least 1");
    }
    Instant now = Instant.now();
    Instant start = from == null ? Instant.EPOCH : ReplayTimes.parse("--from", from, now);
    Instant end = to == null ? now.plusSeconds(60) : ReplayTimes.parse("--to", to, now);
    if (!start.isBefore(end)) {
      throw new UsageException("--from " + start + " is not before --to " + end);
    }
    ClusterAccess access = kafka.access();
    ProcessorSettings settings = options.settings(access);
    access.reachable();
    PrintWriter out = spec.commandLine().getOut();
    if (novelties.asked()) {
      novelties.run(access, settings, version, out);
      return 0;
    }
    ReplayReport report = replay(access, settings, start, end, now);
    ReplayText.summary(report, out::println);
    if (report.difference() != null) {
      changes(report.difference(), out);
    }
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(Files.newBufferedWriter(json), report);
      out.println("report      " + json);
    }
    return report.complete() ? 0 : 1;
  }

  private ReplayReport replay(
      ClusterAccess access, ProcessorSettings settings, Instant start, Instant end, Instant now)
      throws BadModelException {
    Map<String, Object> client = new HashMap<>(access.kafka());
    client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.pollRecords());
    ReplayBook book = new ReplayBook(diff, examples);
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(client);
        Deserializer<ImageEvent> events = access.serdes().deserializer(ImageEvent.class)) {
      ImageRange range = ImageRange.between(consumer, access.topics().images(), start, end);
      if (range.size() > maxImages) {
        throw new UsageException(
            "the range has " + range.size() + " records; narrow it, or raise --max-images");
      }
      Replay.Result result;
      String topic = "";
      try (Running running = new Running();
          Answerer answerer = answerer(access, settings);
          ReplayOutput output = noOutput ? null : ReplayOutput.open(access, topic(access, now))) {
        result =
            new Replay(consumer, events, answerer)
                .run(
                    range,
                    event -> source == null || event.getSourceId().equals(source),
                    running::ends,
                    (answer, recordTime) -> {
                      book.replayed(answer, recordTime);
                      if (output != null) {
                        output.write(answer, recordTime);
                      }
                    });
        if (output != null) {
          output.flush();
          topic = output.topic();
        }
      }
      if (diff) {
        StreamAnswers.read(access, book);
      }
      return book.report(topic, range, result);
    }
  }

  private Answerer answerer(ClusterAccess access, ProcessorSettings settings)
      throws BadModelException {
    ModelCatalogue catalogue = Models.catalogue(access);
    if (version != null) {
      ModelVersion found = Models.version(catalogue, options.name(), version);
      return Answerer.with(
          settings, newestThresholds ? found.newestThroughout() : found, access.kafka());
    }
    boolean live =
        catalogue.promotions().stream()
            .anyMatch(
                one -> one.getName().equals(options.name()) && one.getRole() == ModelRole.LIVE);
    if (!live) {
      throw new IllegalStateException(
          "no version of model '" + options.name() + "' was ever live; name one by --model");
    }
    return Answerer.asLive(settings, access.kafka());
  }

  private String topic(ClusterAccess access, Instant now) {
    return outputTopic == null
        ? access.topics().recognitions().name() + ".replay." + ID.format(now)
        : outputTopic;
  }

  private static void changes(ReplayReport.Difference difference, PrintWriter out) {
    if (difference.changes().isEmpty()) {
      return;
    }
    out.println();
    Table table = new Table("CHANGE", "FROM", "TO", "IMAGES", "EXAMPLES");
    for (ReplayReport.Change change : difference.changes()) {
      table.row(
          ReplayText.kind(change),
          change.from(),
          change.to(),
          Long.toString(change.count()),
          String.join(" ", change.examples()));
    }
    table.print(out);
  }
}
