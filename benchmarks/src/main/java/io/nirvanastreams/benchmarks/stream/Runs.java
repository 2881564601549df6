package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.app.clients.ClusterAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts subjects and measures what they do. For one thread. */
final class Runs {
  private final Fixture fixture;
  private final Path model;
  private final Path log;
  private final String python;
  private final double warmSeconds;
  private final double seconds;
  private final boolean profile;
  private int number;

  /**
   * Measures so many seconds a run.
   *
   * @param warmSeconds what every subject is given to warm before: to load, and to be compiled
   * @param python an interpreter with torch, confluent-kafka, fastavro and pillow; empty for none
   * @param profile whether to record what the processors' virtual machines do
   */
  Runs(
      Fixture fixture,
      Path model,
      String python,
      double warmSeconds,
      double seconds,
      boolean profile) {
    this.fixture = fixture;
    this.model = model;
    this.log = fixture.directory().resolve("subjects.log");
    this.python = python;
    this.warmSeconds = warmSeconds;
    this.seconds = seconds;
    this.profile = profile;
  }

  /**
   * One run.
   *
   * @param perSecond images in a second
   * @param processorMillis time on processors for an image, in the subject's process
   */
  record Result(double perSecond, double processorMillis) {}

  /** What a subject is. */
  record Kind(String subject, String network, int batch, String prefix, String precision) {
    Kind(String subject, String network, int batch, String prefix) {
      this(subject, network, batch, prefix, "fp32");
    }

    Kind with(int size) {
      return new Kind(subject, network, size, prefix, precision);
    }

    Kind in(String other) {
      return new Kind(subject, network, batch, prefix, other);
    }
  }

  Path recording(String name) throws IOException {
    Path folder = Files.createDirectories(fixture.directory().resolve("profiles"));
    return profile ? folder.resolve(name + ".jfr") : null;
  }

  /** The rate of the model alone, called by so many threads that share the cores. */
  Result bare(int batch, int callers, String precision) throws IOException {
    Map<String, String> options = options(new Kind("bare", "model", batch, "unused", precision), 1);
    options.put("callers", Integer.toString(callers));
    options.put("warm", Double.toString(warmSeconds));
    options.put("seconds", Double.toString(seconds));
    try (Child child = Child.java("bare", options, log, null)) {
      String[] found = child.await("rate ").split(" ", -1);
      return new Result(Double.parseDouble(found[0]), Double.parseDouble(found[1]));
    }
  }

  /** The rate of some instances of a subject on a topic that holds so many images. */
  Result rate(String name, Kind kind, int instances, long available) throws IOException {
    int run = ++number;
    List<Child> children = new ArrayList<>();
    try (Answers answers = new Answers(fixture.access(kind.prefix()))) {
      for (int i = 1; i <= instances; i++) {
        Map<String, String> options = options(kind, i);
        options.put("application", name + "-" + run);
        Path recording = instances == 1 ? recording(name) : null;
        children.add(Child.java(kind.subject(), options, log, recording));
      }
      return measured(children, answers, available);
    } finally {
      closeAll(children);
    }
  }

  /** The rate of the loop in Python; not a number without an interpreter. */
  Result python(int batch, String precision, String prefix, long available) throws IOException {
    if (python.isEmpty()) {
      return new Result(Double.NaN, Double.NaN);
    }
    ClusterAccess access = fixture.access(prefix);
    List<String> command =
        List.of(
            python,
            "benchmarks/python/stream_loop.py",
            access.bootstrapServers(),
            access.schemaRegistryUrl(),
            prefix,
            "python-" + ++number,
            Integer.toString(batch),
            precision);
    List<Child> children = new ArrayList<>();
    try (Answers answers = new Answers(access)) {
      children.add(Child.program(command, log));
      return measured(children, answers, available);
    } finally {
      closeAll(children);
    }
  }

  /** What a subject is given before it is measured. */
  double warmSeconds() {
    return warmSeconds;
  }

  /** Decoding alone. */
  void decode() throws IOException {
    DecodeSpeed.print(fixture.directory(), python);
  }

  /** Runs a processor and lets something else be done with it. */
  <T> T during(String name, Kind kind, Work<T> work) throws IOException, InterruptedException {
    Map<String, String> options = options(kind, 1);
    options.put("application", name + "-" + ++number);
    try (Child child = Child.java(kind.subject(), options, log, recording(name))) {
      child.await("ready");
      return work.with(child);
    }
  }

  /** Something to be done with a running processor. */
  interface Work<T> {
    T with(Child child) throws IOException, InterruptedException;
  }

  private Result measured(List<Child> children, Answers answers, long available)
      throws IOException {
    for (Child child : children) {
      child.await("ready");
    }
    Duration[] before = new Duration[1];
    Answers.Rate rate =
        answers.rate(warmSeconds, seconds, available, () -> before[0] = time(children));
    double millis = time(children).minus(before[0]).toNanos() / 1e6;
    return new Result(rate.perSecond(), millis / rate.count());
  }

  private static Duration time(List<Child> children) {
    return children.stream().map(Child::processorTime).reduce(Duration.ZERO, Duration::plus);
  }

  private static void closeAll(List<Child> children) throws IOException {
    for (Child child : children) {
      child.close();
    }
  }

  private Map<String, String> options(Kind kind, int instance) {
    Map<String, String> options = new LinkedHashMap<>();
    ClusterAccess access = fixture.access(kind.prefix());
    options.put("bootstrap", access.bootstrapServers());
    options.put("registry", access.schemaRegistryUrl());
    options.put("prefix", kind.prefix());
    options.put("blobs", fixture.directory().resolve("blobs").toString());
    options.put("model", model.toString());
    options.put("network", kind.network());
    options.put("precision", kind.precision());
    options.put("batch", Integer.toString(kind.batch()));
    options.put("instance", Integer.toString(instance));
    options.put(
        "state", fixture.directory().resolve("state-" + number + "-" + instance).toString());
    return options;
  }
}
