package io.nirvanastreams.benchmarks.micro;

import io.nirvanastreams.openset.grouping.GroupingChange;
import io.nirvanastreams.openset.grouping.GroupingSettings;
import io.nirvanastreams.openset.grouping.NoveltyGrouper;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An unknown joins the groups, of which there are as many as are kept. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GroupingBenchmark {
  private static final int CLUSTERS = 256;

  private NoveltyGrouper grouper;
  private float[][] embeddings;
  private int next;

  /** Fills the groups. */
  @Setup
  public void fill() {
    grouper = new NoveltyGrouper("site", new GroupingSettings(0.3, 0.2, 10, CLUSTERS, 6));
    embeddings = Vectors.drawn(2 * CLUSTERS, 7);
    for (int i = 0; i < embeddings.length; i++) {
      GroupingChange unused = grouper.add("event-" + i, embeddings[i], i);
    }
    next = embeddings.length;
  }

  /** One unknown. */
  @Benchmark
  public GroupingChange add() {
    return grouper.add("event", embeddings[next++ & (2 * CLUSTERS - 1)], next);
  }
}
