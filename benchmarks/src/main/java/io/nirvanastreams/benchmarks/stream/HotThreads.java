package io.nirvanastreams.benchmarks.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says where the time of a recorded processor went: processors used by kind of thread, and the
 * methods on top of the sampled stacks. The first seconds, in which classes are loaded and
 * compiled, are left out. {@code HotThreads [after=8] FILE...}
 */
public final class HotThreads {
  private static final int METHODS = 14;
  private static final String AFTER = "after=";
  private static final Duration START = Duration.ofSeconds(8);

  private final Map<String, Double> load = new TreeMap<>();
  private final Map<String, Integer> methods = new HashMap<>();
  private final Map<String, Integer> own = new HashMap<>();
  private final Map<String, Integer> threads = new HashMap<>();
  private Instant begin;
  private long loadEvents;
  private int samples;
  private final Duration start;

  private HotThreads(Duration start) {
    this.start = start;
  }

  /** Prints a summary of each recording. */
  public static void main(String[] files) throws IOException {
    Duration start = START;
    for (String file : files) {
      if (file.startsWith(AFTER)) {
        start = Duration.ofSeconds(Long.parseLong(file.substring(AFTER.length())));
        continue;
      }
      HotThreads hot = new HotThreads(start);
      hot.read(Path.of(file));
      hot.print(file);
    }
  }

  private void read(Path file) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        begin = begin == null ? event.getStartTime() : begin;
        if (event.getStartTime().isBefore(begin.plus(start))) {
          continue;
        }
        switch (event.getEventType().getName()) {
          case "jdk.CPULoad" -> loadEvents++;
          case "jdk.ThreadCPULoad" ->
              load.merge(
                  kind(event.getThread()),
                  (double) event.getFloat("user") + event.getFloat("system"),
                  Double::sum);
          case "jdk.ExecutionSample" -> sample(event);
          default -> {}
        }
      }
    }
  }

  private void sample(RecordedEvent event) {
    RecordedStackTrace stack = event.getStackTrace();
    if (stack == null || stack.getFrames().isEmpty()) {
      return;
    }
    samples++;
    threads.merge(kind(event.getThread("sampledThread")), 1, Integer::sum);
    methods.merge(name(stack.getFrames().get(0)), 1, Integer::sum);
    for (RecordedFrame frame : stack.getFrames()) {
      if (name(frame).startsWith("io.nirvanastreams")
          || name(frame).startsWith("org.apache.kafka.streams")) {
        own.merge(name(frame), 1, Integer::sum);
        return;
      }
    }
  }

  private void print(String file) {
    System.out.printf(Locale.ROOT, "%n%s%nshare of the machine by thread%n", file);
    double seconds = Math.max(1, loadEvents);
    load.forEach(
        (kind, sum) ->
            System.out.printf(Locale.ROOT, "  %5.1f %%  %s%n", 100 * sum / seconds, kind));
    print("Java code by thread", threads);
    print("on top of " + samples + " samples of Java code", methods);
    print("nearest of our own code, or of Kafka Streams", own);
  }

  private void print(String title, Map<String, Integer> counts) {
    System.out.println(title);
    List<Map.Entry<String, Integer>> sorted =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(METHODS)
            .toList();
    for (Map.Entry<String, Integer> entry : sorted) {
      System.out.printf(
          Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * entry.getValue() / samples, entry.getKey());
    }
  }

  private static String kind(RecordedThread thread) {
    String name = thread == null || thread.getJavaName() == null ? "native" : thread.getJavaName();
    return name.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "*").replaceAll("\\d+", "N");
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
