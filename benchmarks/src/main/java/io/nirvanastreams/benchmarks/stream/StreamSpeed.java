package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.benchmarks.stream.Runs.Kind;
import io.nirvanastreams.benchmarks.stream.Runs.Result;
import io.nirvanastreams.embedding.model.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The driver: {@code StreamSpeed [rounds=3] [warm=30] [seconds=10] [images=80000] [python=PATH]
 * [profile=DIR] [parts=...] [subjects=...]}. Parts: rates, engine, latency, instances, sources,
 * decode. Subjects of the rates: bare, lanes, stream, single, plain, python, stream-bf16,
 * python-bf16. Prints tables and ends by itself.
 */
public final class StreamSpeed {
  private static final int BATCH = 64;
  private static final int SOURCES = 50;
  private static final String SLOW_IMAGES = "80000";
  private static final int FAST_IMAGES = 160_000;
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final String FP32 = "fp32";
  private static final String BF16 = "bf16";
  private static final String FEW = "few";
  private static final String MANY = "many";
  private static final List<String> SUBJECTS =
      List.of("bare", "lanes", "stream", "single", "plain", "python", "stream-bf16", "python-bf16");
  private static final Kind STREAM = new Kind("stream", "model", BATCH, FEW);
  private static final Kind PLAIN = new Kind("plain", "model", BATCH, FEW);

  private final Fixture fixture;
  private final ModelArtifact artifact;
  private final Runs runs;
  private final int rounds;
  private final int images;
  private final Set<String> subjects;
  private final Map<String, List<Result>> results = new LinkedHashMap<>();

  private StreamSpeed(
      Fixture fixture, ModelArtifact artifact, Runs runs, Map<String, String> options) {
    this.fixture = fixture;
    this.artifact = artifact;
    this.runs = runs;
    this.rounds = Integer.parseInt(options.getOrDefault("rounds", "3"));
    this.images = Integer.parseInt(options.getOrDefault("images", SLOW_IMAGES));
    this.subjects = listed(options, "subjects", String.join(",", SUBJECTS));
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new LinkedHashMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      options.put(pair[0], pair[1]);
    }
    Set<String> parts = listed(options, "parts", "rates,engine,latency,instances,sources,decode");
    String profile = options.getOrDefault("profile", "");
    Path directory =
        profile.isEmpty()
            ? Files.createTempDirectory("nirvana-speed")
            : Files.createDirectories(Path.of(profile));
    ModelArtifact artifact = Fixture.writeModel(directory.resolve("model"));
    try (Fixture fixture = new Fixture(directory)) {
      Runs runs =
          new Runs(
              fixture,
              artifact.folder(),
              options.getOrDefault("python", ""),
              Double.parseDouble(options.getOrDefault("warm", "30")),
              Double.parseDouble(options.getOrDefault("seconds", "10")),
              !profile.isEmpty());
      new StreamSpeed(fixture, artifact, runs, options).measure(parts);
    }
    System.out.println("\nLogs and recordings: " + directory);
  }

  private void measure(Set<String> parts) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%d processors, Java %s, load of the machine at the start %.1f%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        load());
    System.out.printf(
        Locale.ROOT,
        "classifier32, PNG 32x32 of %.0f bytes, %d rounds, medians (smallest to largest)%n",
        fixture.meanBytes(),
        rounds);
    if (parts.contains("rates") || parts.contains("latency") || parts.contains("instances")) {
      fixture.prepare(FEW, artifact);
      fixture.fill(FEW, images, SOURCES);
    }
    if (parts.contains("rates")) {
      rates();
    }
    if (parts.contains("engine")) {
      engine();
    }
    if (parts.contains("latency")) {
      latency();
    }
    if (parts.contains("instances")) {
      instances();
    }
    if (parts.contains("sources")) {
      sources();
    }
    if (parts.contains("decode")) {
      runs.decode();
    }
    System.out.printf(Locale.ROOT, "%nload of the machine at the end %.1f%n", load());
  }

  private void rates() throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (String subject : SUBJECTS) {
        if (subjects.contains(subject)) {
          add(subject, rate(subject));
        }
      }
    }
    title("images in a second, batch " + BATCH);
    rate("the model alone", "bare");
    rate("the model, a caller a core", "lanes");
    rate("stream", "stream");
    rate("stream, one at a time", "single");
    rate("plain transactional loop", "plain");
    rate("Python loop", "python");
    rate("stream, bf16", "stream-bf16");
    rate("Python loop, bf16", "python-bf16");
    title("ratios, by rounds");
    ratio("stream / model alone", "stream", "bare", "0.90");
    ratio("stream / model, caller a core", "stream", "lanes", "-");
    ratio("stream / one at a time", "stream", "single", "2");
    ratio("stream / plain loop", "stream", "plain", "-");
    ratio("stream / Python loop", "stream", "python", "1.3");
    ratio("the same, both bf16", "stream-bf16", "python-bf16", "-");
    ratio("stream bf16 / Python fp32", "stream-bf16", "python", "-");
    title("ratios of the time on processors that an image costs the process, by rounds");
    cost("model alone / stream", "bare", "stream");
    cost("one at a time / stream", "single", "stream");
    cost("plain loop / stream", "plain", "stream");
    cost("Python loop / stream", "python", "stream");
  }

  private Result rate(String subject) throws Exception {
    return switch (subject) {
      case "bare" -> runs.bare(BATCH, 1, FP32);
      case "lanes" -> runs.bare(BATCH, CORES, FP32);
      case "single" -> runs.rate(subject, STREAM.with(1), 1, images);
      case "plain" -> runs.rate(subject, PLAIN, 1, images);
      case "python" -> runs.python(BATCH, FP32, FEW, images);
      case "stream-bf16" -> runs.rate(subject, STREAM.in(BF16), 1, images);
      case "python-bf16" -> runs.python(BATCH, BF16, FEW, images);
      default -> runs.rate(subject, STREAM, 1, images);
    };
  }

  private void engine() throws Exception {
    fixture.prepare(MANY, artifact);
    fixture.fill(MANY, FAST_IMAGES, SOURCES);
    Kind stream = new Kind("stream", "stand-in", BATCH, MANY);
    Kind plain = new Kind("plain", "stand-in", BATCH, MANY);
    for (int round = 0; round < rounds; round++) {
      add("engine", runs.rate("engine", stream, 1, FAST_IMAGES));
      add("plain engine", runs.rate("plain-engine", plain, 1, FAST_IMAGES));
    }
    title("a model of 1 ms a batch on a device of its own, images in a second");
    rate("stream", "engine");
    rate("plain transactional loop", "plain engine");
    ratio("stream / plain loop", "engine", "plain engine", "0.85");
    cost("plain loop / stream, cost", "plain engine", "engine");
  }

  private void latency() throws Exception {
    if (!results.containsKey("stream")) {
      add("stream", runs.rate("stream", STREAM, 1, images));
      add("bare", runs.bare(BATCH, 1, FP32));
    }
    double full = median(values("stream"));
    double goal = 30 + 2 * BATCH / median(values("bare")) * 1_000;
    title(
        String.format(
            Locale.ROOT,
            "latency, ms, at a share of %.0f images/s; goal at half: %.0f (commit interval + 2"
                + " batches)",
            full,
            goal));
    for (double share : new double[] {0.25, 0.5, 0.8}) {
      // Topics of its own: a new group reads a topic from its start, so that it would meet the
      // images of the share before as a backlog.
      String name = "latency-" + Math.round(100 * share);
      fixture.prepare(name, artifact);
      Latency latency = new Latency(fixture, name, runs.warmSeconds());
      Kind kind = new Kind("stream", "model", BATCH, name);
      var found = runs.during(name, kind, child -> latency.at(share * full, 15));
      System.out.printf(
          Locale.ROOT,
          "  %3.0f %%  p50 %6.0f  p99 %6.0f  (%d answers)%n",
          100 * share,
          found.p50(),
          found.p99(),
          found.count());
    }
  }

  private void instances() throws Exception {
    title("instances on this one machine, images in a second in all");
    for (int count : new int[] {1, 2, 4}) {
      Result result = runs.rate("instances", STREAM, count, images);
      System.out.printf(Locale.ROOT, "  %d  %8.0f%n", count, result.perSecond());
    }
  }

  private void sources() throws Exception {
    title("sources, stand-in model: images in a second, heap in use after all were answered");
    int images = 40_000;
    Map<Integer, Long> heaps = new LinkedHashMap<>();
    for (int sources : new int[] {10, 1_000, 10_000}) {
      String prefix = "sources-" + sources;
      fixture.prepare(prefix, artifact);
      fixture.fill(prefix, images, sources);
      Kind kind = new Kind("stream", "stand-in", BATCH, prefix);
      try (Answers answers = new Answers(fixture.access(prefix))) {
        runs.during(
            prefix,
            kind,
            child -> {
              var rate = answers.rate(1, 60, images, () -> {});
              child.tell("heap");
              heaps.put(sources, Long.parseLong(child.await("heap ")));
              System.out.printf(
                  Locale.ROOT,
                  "  %6d  %8.0f  %6.1f MB%n",
                  sources,
                  rate.perSecond(),
                  heaps.get(sources) / 1e6);
              return null;
            });
      }
    }
    System.out.printf(
        Locale.ROOT, "  bytes a source: %.0f%n", (heaps.get(10_000) - heaps.get(10)) / 9_990.0);
  }

  private void add(String name, Result result) {
    results.computeIfAbsent(name, key -> new ArrayList<>()).add(result);
    System.err.printf(
        Locale.ROOT,
        "%-14s %9.1f images/s  %6.3f ms of processors an image  (load %.1f)%n",
        name,
        result.perSecond(),
        result.processorMillis(),
        load());
  }

  private double[] values(String name) {
    return results.get(name).stream().mapToDouble(Result::perSecond).toArray();
  }

  private void rate(String title, String name) {
    if (!results.containsKey(name)) {
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "  %-28s %s  %.3f ms of processors%n",
        title,
        spread(values(name), "%.0f"),
        median(costs(name)));
  }

  private void ratio(String title, String one, String other, String goal) {
    if (!results.containsKey(one) || !results.containsKey(other)) {
      return;
    }
    double[] ratios = quotients(values(one), values(other));
    System.out.printf(Locale.ROOT, "  %-30s %s  goal %s%n", title, spread(ratios, "%.2f"), goal);
  }

  private void cost(String title, String one, String other) {
    if (!results.containsKey(one) || !results.containsKey(other)) {
      return;
    }
    double[] ratios = quotients(costs(one), costs(other));
    System.out.printf(Locale.ROOT, "  %-28s %s%n", title, spread(ratios, "%.2f"));
  }

  private double[] costs(String name) {
    return results.get(name).stream().mapToDouble(Result::processorMillis).toArray();
  }

  private static double[] quotients(double[] ones, double[] others) {
    double[] quotients = new double[ones.length];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = ones[i] / others[i];
    }
    return quotients;
  }

  private static String spread(double[] values, String format) {
    String all = format + " (" + format + " to " + format + ")";
    return String.format(
        Locale.ROOT,
        all,
        median(values),
        Arrays.stream(values).min().orElse(Double.NaN),
        Arrays.stream(values).max().orElse(Double.NaN));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  private static Set<String> listed(Map<String, String> options, String name, String preset) {
    return Set.of(options.getOrDefault(name, preset).split(",", -1));
  }

  private static double load() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void title(String text) {
    System.out.println("\n" + text);
  }
}
